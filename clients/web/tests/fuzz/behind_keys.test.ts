// The corpora of what stands behind a case's keys, as tests/fuzz/key_ring.cpp and stream.cpp read them: whoever wraps
// keys for somebody, or hands out a file's chunks, makes them take nothing but what was committed to and sealed.
import { expect, test } from 'vitest';

import { kFileChunkBytes } from '../../generated/rules.ts';
import { concat, exactly, u32Bytes } from '../../core/crypto/bytes.ts';
import { CaseShare } from '../../core/crypto/case_share.ts';
import { hpkeSeal } from '../../core/crypto/hpke.ts';
import { FileKey, StreamOpener, StreamSealer } from '../../core/crypto/stream.ts';
import { KeyRing, unwrapKeys, type UnwrapProblem } from '../../core/key_ring.ts';
import { UploadId } from '../../core/protocol/ids.ts';
import { encodeWraps, grantInfo, kWrappedKeyBytes, parseWraps } from '../../core/protocol/wraps.ts';
import { LeadTest } from '../lead/fixture.ts';
import { FixedRandom } from '../support.ts';
import { corpus } from './changes.ts';

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

test('key_ring: wraps by chance, and keys by chance that were sealed to the right person, add no key', async () => {
  const it = await LeadTest.open();
  const [mieke, random] = [it.member('mieke'), new FixedRandom('key ring')];
  const access = it.access();
  const granted = it.entries.find(({ header }) => header.fields.kind === 'grant')!;
  const { header } = granted;
  if (header.fields.kind !== 'grant') throw new Error('no grant');
  const { fields } = header;
  const at = fields.members.findIndex(({ memberId }) => same(memberId, it.id('mieke')));
  const to = fields.members[at]!;
  const unwrapped = (payload: Uint8Array): { ring: KeyRing; problems: UnwrapProblem[] } => {
    const ring = new KeyRing();
    return { ring, problems: unwrapKeys(ring, access, header, fields, payload, mieke) };
  };
  const sealed = (plain: Uint8Array): Uint8Array => {
    const info = grantInfo(header.serviceId, header.handle, header.author, to);
    const made = hpkeSeal(it.organisation.colleague('mieke').xwingKey, info, new Uint8Array(0), plain, random);
    if (!made.ok) throw new Error(made.error);
    return encodeWraps(parseWraps(fields, granted.payload)!.map((wrap, i) => (i === at ? made.value : wrap)));
  };

  const { ring, problems } = unwrapped(granted.payload);
  expect([ring.size, problems]).toEqual([to.keys.length, []]);
  const key = ({ compartment, epoch }: (typeof to.keys)[number]): Uint8Array =>
    concat(u32Bytes(compartment), u32Bytes(epoch), ring.get(compartment, epoch)!);
  const right = concat(...to.keys.map(key));
  expect(unwrapped(sealed(right)).problems).toEqual([]);
  for (const input of corpus('key_ring')) {
    expect(unwrapped(input)).toEqual({ ring: new KeyRing(), problems: ['altered'] });
    // By chance in the place of the first key; those behind it are right, and taken.
    const first = new Uint8Array(kWrappedKeyBytes);
    first.set(input.subarray(0, kWrappedKeyBytes));
    const by_chance = unwrapped(sealed(concat(first, right.subarray(kWrappedKeyBytes))));
    expect([by_chance.ring.size, by_chance.problems]).toEqual([to.keys.length - 1, ['other key']]);
  }
});

// Reads choices out of an input: zeros when it has ended. The twin of Input in tests/fuzz/target.h.
class Input {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}
  get ended(): boolean {
    return this.at >= this.bytes.length;
  }
  byte(): number {
    return this.ended ? 0 : this.bytes[this.at++]!;
  }
  below(limit: number): number {
    const value = this.byte();
    return (limit > 256 ? (value << 8) | this.byte() : value) % limit;
  }
}

function disturb(chunks: Uint8Array[], input: Input): void {
  while (!input.ended) {
    const which = input.below(chunks.length);
    const one = chunks[which]!.slice();
    switch (input.below(4)) {
      case 0:
        if (one.length > 0) one[input.below(one.length)]! ^= input.byte();
        chunks[which] = one;
        break;
      case 1: {
        const other = input.below(chunks.length);
        [chunks[which], chunks[other]] = [chunks[other]!, one];
        break;
      }
      case 2: {
        const cut = new Uint8Array(input.below(one.length + 2));
        cut.set(one.subarray(0, cut.length));
        chunks[which] = cut;
        break;
      }
      default:
        chunks[which] = chunks[input.below(chunks.length)]!;
    }
  }
}

test('stream: what opens is what was sealed, in its place, and only the whole is called finished', () => {
  const key = exactly(FileKey, new Uint8Array(FileKey.size).fill(1));
  const share = exactly(CaseShare, new Uint8Array(CaseShare.size).fill(2));
  const upload = exactly(UploadId, new Uint8Array(UploadId.size).fill(3));
  const told = { whole: 0, disturbed: 0 };
  for (const bytes of corpus('stream')) {
    const input = new Input(bytes);
    const data = new Uint8Array(input.below(60_000));
    new FixedRandom('stream').fill(data);
    const sealer = new StreamSealer(key, share, upload, data.length);
    const honest: Uint8Array[] = [];
    for (let at = 0; !sealer.finished; ) {
      const wanted = sealer.wanted();
      honest.push(sealer.next(data.subarray(at, (at += wanted))));
    }
    const chunks = [...honest];
    disturb(chunks, input);
    const whole = chunks.every((chunk, i) => same(chunk, honest[i]!));
    ++told[whole ? 'whole' : 'disturbed'];

    const opener = new StreamOpener(key, share, upload, chunks.length);
    const opened: Uint8Array[] = [];
    for (const chunk of chunks) {
      const piece = opener.next(chunk);
      if (!piece.ok) break;
      expect(piece.value.length).toBeLessThanOrEqual(kFileChunkBytes);
      opened.push(piece.value);
    }
    const together = concat(...opened);
    expect(opener.finished).toBe(whole);
    expect(same(together, data.subarray(0, together.length))).toBe(true);
    if (whole) expect(together.length).toBe(data.length);
  }
  expect(Math.min(told.whole, told.disturbed)).toBeGreaterThan(0);
});
