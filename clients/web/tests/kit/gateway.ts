// A small honest gateway in this process, for tests whose clock stands still: it orders entries, keeps them, answers
// what was accepted before the same way, and checks signatures and chains. It knows no access rules and serves the
// owner alone: tests/end_to_end has the real one.
import { kChunkBytesMax, kProtocolVersion, OperationKind, PayloadState, Status } from '../../generated/rules.ts';
import { concat, equal, exactly, toHex } from '../../core/crypto/bytes.ts';
import { sha256 } from '../../core/crypto/hash.ts';
import { good } from '../../core/expected.ts';
import { fail, type Result } from '../../core/errors.ts';
import { Chain } from '../../core/protocol/chain.ts';
import {
  encodeCertificates,
  encodeDirectoryPart,
  parseKeys,
  parseReadDirectory,
} from '../../core/protocol/directory_operations.ts';
import { Entry } from '../../core/protocol/entry.ts';
import {
  encodeResponse,
  frameSizeOf,
  operationSignatureValid,
  isPublic,
  parseRequest,
  type Operation,
  type OperationResult,
} from '../../core/protocol/frame.ts';
import { Beacon } from '../../core/protocol/ids.ts';
import {
  encodeAccepted,
  encodeChunk,
  encodeLog,
  parseAppend,
  parseGetChunk,
  parseOpenCase,
  parsePutChunk,
  parseRead,
  type StoredEntry,
  type SubmittedEntry,
} from '../../core/protocol/operations.ts';
import type { Organisation } from './organisation.ts';

const kNothing = new Uint8Array(0);
const kDirectoryPartBytes = 8_000;
const kEntriesPerRead = 4;
const kPayloadWithLogMax = 2_000; // larger ones are fetched piece by piece

const only = (status: Status): OperationResult => ({ status, body: kNothing });
const finished = (body: Uint8Array): OperationResult => ({ status: Status.done, body });

interface Case {
  share: Uint8Array;
  entries: Array<StoredEntry & { readonly hash: Uint8Array }>;
  chain: Chain;
}

// The share first, then what it opened.
function destroy(stands: Case): void {
  stands.share = kNothing;
  const payloadState = PayloadState.destroyed;
  stands.entries = stands.entries.map((entry) => ({ ...entry, payloadState, payload: kNothing }));
}

export class Gateway {
  paceMs = 2000;
  day: number;
  // What to answer instead, once for each that stands here.
  readonly instead: Status[] = [];
  readonly cases = new Map<string, Case>();
  // Every header ever handed in, whether it was taken or not.
  readonly handedIn = new Set<string>();
  private readonly staged = new Map<string, Uint8Array[]>();
  private beacon = 0;

  constructor(private readonly organisation: Organisation) {
    this.day = organisation.day;
  }

  nextBeacon(): void {
    ++this.beacon;
  }

  async exchange(frame: Uint8Array): Promise<Result<Uint8Array>> {
    const request = parseRequest(frame);
    if (!request.ok) return fail('unreachable', 'unreachable', request.error);
    const results: OperationResult[] = [];
    for (const operation of request.value.operations) results.push(await this.answer(operation));
    const { hash } = await this.organisation.directory();
    const response = {
      version: kProtocolVersion,
      beacon: this.current(),
      paceMs: this.paceMs,
      day: this.day,
      directoryHash: hash,
      results,
    };
    return good(encodeResponse(response, frameSizeOf(frame.length)!)!);
  }

  // One after another, as the log has them.
  entriesOf(handle: Uint8Array): readonly StoredEntry[] {
    return this.cases.get(toHex(handle))?.entries ?? [];
  }

  private current(): Beacon {
    return exactly(Beacon, sha256(Uint8Array.of(this.beacon)).subarray(0, Beacon.size));
  }

  private async answer(operation: Operation): Promise<OperationResult> {
    const instead = this.instead.shift();
    if (instead !== undefined) return only(instead);
    const { kind, body } = operation;
    if (!isPublic(kind)) {
      if (!equal(operation.beacon, this.current())) return only(Status.stale_beacon);
      if (!(await operationSignatureValid(operation, this.organisation.service))) return only(Status.malformed);
    }
    switch (kind) {
      case OperationKind.directory:
        return this.directoryPart(body);
      case OperationKind.keys:
        return this.keys(body);
      case OperationKind.open: {
        const { caseShare, entries } = parseOpenCase(body)!;
        return this.take(entries, caseShare);
      }
      case OperationKind.append:
        return this.take(parseAppend(body)!.entries);
      case OperationKind.read:
        return this.read(body);
      case OperationKind.put_chunk:
        return this.putChunk(body);
      case OperationKind.get_chunk:
        return this.getChunk(body);
      default:
        return only(Status.newer_version);
    }
  }

  private async directoryPart(body: Uint8Array): Promise<OperationResult> {
    const { offset } = parseReadDirectory(body)!;
    const { bytes, hash } = await this.organisation.directory();
    const part = bytes.subarray(offset, offset + kDirectoryPartBytes);
    return finished(encodeDirectoryPart({ hash, total: bytes.length, bytes: part }));
  }

  private async keys(body: Uint8Array): Promise<OperationResult> {
    const asked = parseKeys(body)!.memberIds.map((id) =>
      this.organisation.people.find((person) => equal(person.id, id))!,
    );
    return finished(
      encodeCertificates({ certificates: await Promise.all(asked.map((one) => this.organisation.certificate(one))) }),
    );
  }

  private async take(entries: readonly SubmittedEntry[], share?: Uint8Array): Promise<OperationResult> {
    const taken = [];
    for (const { header, signature, payload, stagedUploadId } of entries) {
      this.handedIn.add(toHex(header));
      const entry = await Entry.parse(header, signature);
      if (!entry.ok) return only(Status.malformed);
      const whole = stagedUploadId ? concat(...(this.staged.get(toHex(stagedUploadId)) ?? [])) : payload;
      taken.push({
        entry: entry.value,
        stored: { header, signature, payloadState: PayloadState.inline, payload: whole },
      });
    }
    const { handle } = taken[0]!.entry.header;
    const known = this.cases.get(toHex(handle));
    const last = taken.at(-1)!.entry;
    const accepted = (): OperationResult =>
      finished(encodeAccepted({ headSeq: last.header.seq, headHash: last.hash, receipt: kNothing }));
    if (taken.every(({ entry }) => equal(known?.entries[entry.header.seq]?.hash ?? kNothing, entry.hash)))
      return accepted();
    if ((share === undefined) !== (known !== undefined)) return only(share ? Status.stale_head : Status.nothing);
    const { hash } = await this.organisation.directory();
    if (taken.some(({ entry }) => !equal(entry.header.directoryHash, hash))) return only(Status.stale_directory);
    if (taken.some(({ entry }) => entry.header.day !== this.day)) return only(Status.stale_day);
    const chain = known?.chain.copy() ?? new Chain(this.organisation.service, handle);
    if (!taken.every(({ entry }) => chain.extend(entry.header, entry.hash).ok)) return only(Status.stale_head);
    if (!taken.every(({ entry, stored }) => entry.payloadMatches(stored.payload))) return only(Status.incomplete);
    const stands = known ?? { share: share!, entries: [], chain };
    stands.chain = chain;
    stands.entries.push(...taken.map(({ entry, stored }) => ({ ...stored, hash: entry.hash })));
    if (taken.some(({ entry }) => entry.header.fields.kind === 'withdraw')) destroy(stands);
    this.cases.set(toHex(handle), stands);
    return accepted();
  }

  private read(body: Uint8Array): OperationResult {
    const { handle, fromSeq } = parseRead(body)!;
    const known = this.cases.get(toHex(handle));
    if (known === undefined) return only(Status.nothing);
    const entries = known.entries
      .slice(fromSeq, fromSeq + kEntriesPerRead)
      .map((entry) =>
        entry.payload.length <= kPayloadWithLogMax
          ? entry
          : { ...entry, payloadState: PayloadState.fetch, payload: kNothing },
      );
    const { headHash, nextSeq } = known.chain;
    return finished(encodeLog({ caseShare: known.share, headSeq: nextSeq - 1, headHash, entries }));
  }

  private getChunk(body: Uint8Array): OperationResult {
    const { handle, seq, index } = parseGetChunk(body)!;
    const { payload } = this.entriesOf(handle)[seq]!;
    return finished(encodeChunk({ bytes: payload.subarray(index * kChunkBytesMax, (index + 1) * kChunkBytesMax) }));
  }

  private putChunk(body: Uint8Array): OperationResult {
    const { uploadId, index, bytes } = parsePutChunk(body)!;
    if (bytes.length > kChunkBytesMax) return only(Status.too_large);
    const chunks = this.staged.get(toHex(uploadId)) ?? [];
    chunks[index] = bytes;
    this.staged.set(toHex(uploadId), chunks);
    return finished(kNothing);
  }
}
