// Frames of the exchange: one size whatever is inside (protocol §5).

import {
  kFrameBytes,
  kFrameLengthBytes,
  kLargeFrameBytes,
  kOperationsPerRequestMax,
  kProtocolVersion,
  kTagOperationSignature,
  OperationKind,
  type Status,
} from '../../generated/rules.ts';
import { RequestSchema, ResponseSchema } from '../../generated/wire.ts';
import { allZero, readU32, u32Bytes } from '../crypto/bytes.ts';
import { Digest, FieldList } from '../crypto/hash.ts';
import { Signature, SigningPublicKey, verify } from '../crypto/signature.ts';
import { bad, good, type Expected } from '../expected.ts';
import { Beacon, type Day, type ServiceId } from './ids.ts';
import { encode, parse } from './strict.ts';

// Body sizes of the exchange, in bytes. Every other size is refused.
export const FrameSize = { small: kFrameBytes, large: kLargeFrameBytes } as const;
export type FrameSize = (typeof FrameSize)[keyof typeof FrameSize];

export const frameSizeOf = (bytes: number): FrameSize | undefined =>
  Object.values(FrameSize).find((size) => size === bytes);
export const frameRoom = (size: FrameSize): number => size - kFrameLengthBytes;

// One operation as sent. `kind` may be one this program does not know.
export interface Operation {
  readonly kind: OperationKind;
  readonly body: Uint8Array;
  readonly key: SigningPublicKey; // zeros for operations that nobody signs
  readonly beacon: Beacon;
  readonly signature: Signature;
}

export interface Request {
  readonly version: number;
  readonly operations: readonly Operation[];
}

export interface OperationResult {
  readonly status: Status;
  readonly body: Uint8Array; // by the operation's kind, when done
}

export interface Response {
  readonly version: number;
  readonly beacon: Beacon;
  readonly paceMs: number;
  readonly day: Day;
  readonly directoryHash: Digest;
  readonly results: readonly OperationResult[];
}

export type FrameError =
  | 'size' // not a frame's size, or a length beyond it
  | 'padding' // something other than zeros after the message
  | 'malformed'; // not the message, or more in it than the limits allow

// Whether the operation is one that nobody signs: the directory, keys, availability, nothing.
export const isPublic = (kind: OperationKind): boolean =>
  kind === OperationKind.directory || kind === OperationKind.keys || kind === OperationKind.availability ||
  kind === OperationKind.nothing;

// An operation that nobody signs.
export function publicOperation(kind: OperationKind, body: Uint8Array): Operation {
  return { kind, body, key: SigningPublicKey.zeros(), beacon: Beacon.zeros(), signature: Signature.zeros() };
}

// What an operation's key signs, tag operation_signature before it: the field list (service id, beacon, kind u32,
// body).
export function operationBytes(service: ServiceId, beacon: Beacon, kind: OperationKind, body: Uint8Array): Uint8Array {
  return new FieldList().append(service).append(beacon).appendU32(kind).append(body).bytes();
}
export function operationSignatureValid(operation: Operation, service: ServiceId): Promise<boolean> {
  const { key, beacon, kind, body, signature } = operation;
  return verify(key, kTagOperationSignature, operationBytes(service, beacon, kind, body), signature);
}

function requestMessage(request: Request): Uint8Array {
  return encode(RequestSchema, {
    version: request.version,
    operations: request.operations.map(({ kind, body, key, beacon, signature }) =>
      isPublic(kind) ? { kind, body } : { kind, body, key, beacon, signature },
    ),
  });
}

function responseMessage(response: Response): Uint8Array {
  return encode(ResponseSchema, {
    version: response.version,
    beacon: response.beacon,
    paceMs: response.paceMs,
    day: response.day,
    directoryHash: response.directoryHash,
    results: response.results.map(({ status, body }) => ({ status, body })),
  });
}

function toFrame(message: Uint8Array, size: FrameSize): Uint8Array | undefined {
  if (message.length > frameRoom(size)) return undefined;
  const frame = new Uint8Array(size);
  frame.set(u32Bytes(message.length));
  frame.set(message, kFrameLengthBytes);
  return frame;
}

// Nothing when the message does not fit the frame.
export const encodeRequest = (request: Request, size: FrameSize): Uint8Array | undefined =>
  toFrame(requestMessage(request), size);
export const encodeResponse = (response: Response, size: FrameSize): Uint8Array | undefined =>
  toFrame(responseMessage(response), size);
// Bytes of the message without length and padding, to see what still fits.
export const requestSize = (request: Request): number => requestMessage(request).length;
export const responseSize = (response: Response): number => responseMessage(response).length;

function messageIn(frame: Uint8Array): Expected<Uint8Array, FrameError> {
  const size = frameSizeOf(frame.length);
  if (size === undefined) return bad('size');
  const length = readU32(frame, 0);
  if (length > frameRoom(size)) return bad('size');
  if (!allZero(frame.subarray(kFrameLengthBytes + length))) return bad('padding');
  return good(frame.subarray(kFrameLengthBytes, kFrameLengthBytes + length));
}

// For tests that stand in for a gateway; a request of another version is malformed here.
export function parseRequest(frame: Uint8Array): Expected<Request, FrameError> {
  const bytes = messageIn(frame);
  if (!bytes.ok) return bytes;
  const message = parse(RequestSchema, bytes.value);
  if (message?.version !== kProtocolVersion || message.operations.length > kOperationsPerRequestMax)
    return bad('malformed');
  const operations: Operation[] = [];
  for (const from of message.operations) {
    const kind = from.kind as OperationKind;
    const body = from.body.slice();
    if (isPublic(kind)) {
      if (from.key.length + from.beacon.length + from.signature.length > 0) return bad('malformed');
      operations.push(publicOperation(kind, body));
      continue;
    }
    const key = SigningPublicKey.from(from.key);
    const beacon = Beacon.from(from.beacon);
    const signature = Signature.from(from.signature);
    if (!key || !beacon || !signature) return bad('malformed');
    operations.push({ kind, body, key, beacon, signature });
  }
  return good({ version: message.version, operations });
}

export function parseResponse(frame: Uint8Array): Expected<Response, FrameError> {
  const bytes = messageIn(frame);
  if (!bytes.ok) return bytes;
  const message = parse(ResponseSchema, bytes.value);
  if (message === undefined || message.results.length > kOperationsPerRequestMax) return bad('malformed');
  const beacon = Beacon.from(message.beacon);
  const directoryHash = Digest.from(message.directoryHash);
  if (!beacon || !directoryHash) return bad('malformed');
  const { version, paceMs, day } = message;
  const results = message.results.map(({ status, body }) => ({ status: status as Status, body: body.slice() }));
  return good({ version, beacon, paceMs, day, directoryHash, results });
}
