// from_typescript/seals.json: every construct of core/crypto sealed here, for C++ to open and to make once more.
// `random` is what the construct drew, in order.
import { kTagEntrySignature, kTagOperationSignature, type Compartment } from '../../generated/rules.ts';
import { asBytes, toHex, type FixedKind } from '../../core/crypto/bytes.ts';
import { CaseKeys } from '../../core/crypto/case_keys.ts';
import { CaseShare, caseShareCommitment } from '../../core/crypto/case_share.ts';
import { commit, CompartmentKey } from '../../core/crypto/commitment.ts';
import { sealEvent } from '../../core/crypto/event_seal.ts';
import { Digest, sha256 } from '../../core/crypto/hash.ts';
import { hpkeSeal } from '../../core/crypto/hpke.ts';
import { KeyFileKind, sealKeyFile } from '../../core/crypto/key_file.ts';
import { LocalKey, memberLocalKey, memberLocalName, sealLocal } from '../../core/crypto/local_seal.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { SigningPublicKey } from '../../core/crypto/signature.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import { FileKey, StreamSealer } from '../../core/crypto/stream.ts';
import { xwingKeyHash, xwingPublicKey, XWingSeed } from '../../core/crypto/xwing.ts';
import { Handle, MemberId, ServiceId, UploadId } from '../../core/protocol/ids.ts';
import { FixedRandom, RecordingRandom } from '../support.ts';

const drawing =
  (random: FixedRandom) =>
  <T extends Uint8Array>(kind: FixedKind<T>): T =>
    kind.random(random);

async function signatures() {
  const random = new FixedRandom('typescript signatures');
  const cases = [];
  for (const tag of [kTagEntrySignature, kTagOperationSignature])
    for (const size of [0, 33, 1000]) {
      const seed = SigningSeed.random(random);
      const key = new SigningKey(seed);
      const message = new Uint8Array(size);
      random.fill(message);
      cases.push({
        seed: toHex(seed),
        public_key: toHex(key.publicKey),
        tag: toHex(asBytes(tag)),
        message: toHex(message),
        signature: toHex(await key.sign(tag, message)),
      });
    }
  return cases;
}

function phrases() {
  const random = new FixedRandom('typescript phrases');
  return (['nl-1', 'en-1'] as const).map((list) => {
    const recorded = new RecordingRandom(random);
    const phrase = generatePhrase(recorded, list);
    const service = ServiceId.random(random);
    const keys = new CaseKeys(phrase, service);
    const prevHash = Digest.random(random);
    const compartmentKey = (compartment: Compartment, epoch: number) => {
      const key = keys.compartmentKey(compartment, epoch, prevHash);
      return { compartment, epoch, prev_hash: toHex(prevHash), key: toHex(key), commitment: toHex(commit(key)) };
    };
    return {
      list,
      random: recorded.drawnHex,
      phrase: phrase.revealText(),
      service_id: toHex(service),
      signing_public_key: toHex(keys.signingKey.publicKey),
      xwing_seed: toHex(keys.xwingSeed),
      xwing_key_hash: toHex(xwingKeyHash(keys.xwingPublicKey())),
      local_key: toHex(keys.localKey),
      local_name: toHex(keys.localName),
      compartment_keys: [compartmentKey(1, 1), compartmentKey(4, 2)],
    };
  });
}

function events() {
  const random = new FixedRandom('typescript events');
  const draw = drawing(random);
  return ['', 'Ik zei er niets van.', '\u{1f331} en verder '.repeat(400)].map((text, i) => {
    const [key, share] = [draw(CompartmentKey), draw(CaseShare)];
    const context = {
      serviceId: draw(ServiceId),
      handle: draw(Handle),
      author: draw(SigningPublicKey),
      compartment: (i + 1) as Compartment,
      epoch: i + 1,
      seq: 10 ** (5 * i),
    };
    const recorded = new RecordingRandom(random);
    const sealed = sealEvent(key, share, context, asBytes(text), recorded);
    return {
      compartment_key: toHex(key),
      case_share: toHex(share),
      case_share_commitment: toHex(caseShareCommitment(share)),
      service_id: toHex(context.serviceId),
      handle: toHex(context.handle),
      author: toHex(context.author),
      compartment: context.compartment,
      epoch: context.epoch,
      seq: context.seq,
      plaintext: toHex(asBytes(text)),
      random: recorded.drawnHex,
      sealed: toHex(sealed),
    };
  });
}

function hpke() {
  const random = new FixedRandom('typescript hpke');
  return [0, 40, 200].map((size) => {
    const seed = XWingSeed.random(random);
    const [info, aad, plaintext] = [new Uint8Array(size / 2), new Uint8Array(size / 4), new Uint8Array(size)];
    for (const part of [info, aad, plaintext]) random.fill(part);
    const recorded = new RecordingRandom(random);
    const sealed = hpkeSeal(xwingPublicKey(seed), info, aad, plaintext, recorded);
    if (!sealed.ok) throw new Error(sealed.error);
    return {
      seed: toHex(seed),
      info: toHex(info),
      aad: toHex(aad),
      plaintext: toHex(plaintext),
      random: recorded.drawnHex,
      enc: toHex(sealed.value.enc),
      ciphertext: toHex(sealed.value.ciphertext),
    };
  });
}

function locals() {
  const random = new FixedRandom('typescript local');
  const draw = drawing(random);
  const [seed, service] = [draw(SigningSeed), draw(ServiceId)];
  const sealed = (key: LocalKey, purpose: string, text: string) => {
    const recorded = new RecordingRandom(random);
    const bytes = sealLocal(key, purpose, asBytes(text), recorded);
    const drawn = recorded.drawnHex;
    return { key: toHex(key), purpose, plaintext: toHex(asBytes(text)), random: drawn, sealed: toHex(bytes) };
  };
  const member = { signing_seed: toHex(seed), service_id: toHex(service) };
  const key = memberLocalKey(seed, service);
  return {
    member: { ...member, local_key: toHex(key), local_name: toHex(memberLocalName(seed, service)) },
    texts: [sealed(key, 'outbox', 'niet verzonden'), sealed(draw(LocalKey), 'draft', 'een begin '.repeat(300))],
  };
}

// Byte i of every file of the vectors: (7 · i + ⌊i / 256⌋) mod 256. One file's chunk stands here whole; sealing draws
// nothing, so of the others the hashes are enough.
export const fileOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => 7 * i + (i >> 8));

function files() {
  const draw = drawing(new FixedRandom('typescript files'));
  return [300, 0, 15_352, 15_353, 100_000].map((size, i) => {
    const [key, share, upload] = [draw(FileKey), draw(CaseShare), draw(UploadId)];
    const sealer = new StreamSealer(key, share, upload, size);
    const chunks: Uint8Array[] = [];
    for (let at = 0; !sealer.finished;) chunks.push(sealer.next(fileOf(size).subarray(at, (at += sealer.wanted()))));
    return {
      file_key: toHex(key),
      case_share: toHex(share),
      upload_id: toHex(upload),
      data_bytes: size,
      ...(i === 0 ? { chunks: chunks.map(toHex) } : { chunk_hashes: chunks.map((chunk) => toHex(sha256(chunk))) }),
    };
  });
}

async function keyFiles() {
  const random = new FixedRandom('typescript key files');
  const draw = drawing(random);
  const cost = { passes: 1, memoryKib: 64 };
  const made = [];
  for (const [passphrase, seeds] of [
    ['über die brug', 3],
    ['', 0],
  ] as const) {
    const [memberId, signingSeed] = [draw(MemberId), draw(SigningSeed)];
    const xwingSeeds = Array.from({ length: seeds }, () => draw(XWingSeed));
    const recorded = new RecordingRandom(random);
    const file = { kind: KeyFileKind.member, memberId, signingSeed, xwingSeeds };
    const sealed = await sealKeyFile(file, asBytes(passphrase), recorded, cost);
    made.push({
      passphrase,
      passes: cost.passes,
      memory_kib: cost.memoryKib,
      member_id: toHex(memberId),
      signing_seed: toHex(signingSeed),
      xwing_seeds: xwingSeeds.map(toHex),
      random: recorded.drawnHex,
      sealed: toHex(sealed),
    });
  }
  return made;
}

export async function seals() {
  return {
    signatures: await signatures(),
    phrases: phrases(),
    events: events(),
    hpke: hpke(),
    locals: locals(),
    files: files(),
    key_files: await keyFiles(),
  };
}
