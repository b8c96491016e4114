// The codecs that both languages have, each as a function from bytes to a verdict: the twin of tests/fuzz/codecs.h.
import { kFrameBytes, kFrameLengthBytes } from '../../generated/rules.ts';
import { unpad } from '../../core/crypto/padding.ts';
import { parsePhrase } from '../../core/crypto/phrase.ts';
import { encodeEvent } from '../../core/event_encode.ts';
import { parseEvent } from '../../core/event_parse.ts';
import { encodeDirectory, parseDirectoryContent } from '../../core/protocol/directory_codec.ts';
import * as directoryOperations from '../../core/protocol/directory_operations.ts';
import { encodeHeader, parseHeader } from '../../core/protocol/entry.ts';
import { encodeRequest, encodeResponse, parseRequest, parseResponse } from '../../core/protocol/frame.ts';
import * as operations from '../../core/protocol/operations.ts';
import { encodeWraps, parseWraps } from '../../core/protocol/wraps.ts';

export interface Verdict {
  readonly answer: string; // "good", or why not
  readonly again?: Uint8Array; // the bytes it encodes to
}

const kMalformed: Verdict = { answer: 'malformed' };
const good = (again: Uint8Array | undefined): Verdict => (again === undefined ? kMalformed : { answer: 'good', again });

function framed(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(kFrameBytes);
  const size = Math.min(message.length, frame.length - kFrameLengthBytes);
  frame.set([0, 0, size >> 8, size & 255]);
  frame.set(message.subarray(0, size), kFrameLengthBytes);
  return frame;
}
const messageIn = (frame: Uint8Array): Uint8Array =>
  frame.subarray(kFrameLengthBytes, kFrameLengthBytes + ((frame[2]! << 8) | frame[3]!));

// A body's parser and encoder; TypeScript writes no certificate answers, so what has no encoder is judged alone.
type Body = (bytes: Uint8Array) => Verdict;
function body<T>(parse: (bytes: Uint8Array) => T | undefined, encode?: (value: T) => Uint8Array): Body {
  return (bytes) => {
    const parsed = parse(bytes);
    if (parsed === undefined) return kMalformed;
    return encode === undefined ? { answer: 'good' } : good(encode(parsed));
  };
}
const kOperations: readonly (Body | undefined)[] = [
  body(operations.parseOpenCase, operations.encodeOpenCase),
  body(operations.parseAppend, operations.encodeAppend),
  body(operations.parseAccepted, operations.encodeAccepted),
  body(operations.parseRead, operations.encodeRead),
  body(operations.parseLog, operations.encodeLog),
  body(operations.parsePutChunk, operations.encodePutChunk),
  body(operations.parseUpload, operations.encodeUpload),
  body(operations.parseGetChunk, operations.encodeGetChunk),
  body(operations.parseChunk, operations.encodeChunk),
  body(operations.parseInbox, operations.encodeInbox),
  body(operations.parseInboxPage, operations.encodeInboxPage),
  body(directoryOperations.parseReadDirectory, directoryOperations.encodeReadDirectory),
  body(directoryOperations.parseDirectoryPart, directoryOperations.encodeDirectoryPart),
  body(directoryOperations.parseKeys, directoryOperations.encodeKeys),
  body(directoryOperations.parseCertificates, directoryOperations.encodeCertificates),
  undefined, // publish_key: no page publishes one
];

// Each gives nothing for an input that this side has no say in.
export const kCodecs: Readonly<Record<string, (input: Uint8Array) => Verdict | undefined>> = {
  header(bytes) {
    const parsed = parseHeader(bytes);
    return parsed.ok ? good(encodeHeader(parsed.value)) : { answer: parsed.error };
  },
  request(message) {
    const parsed = parseRequest(framed(message));
    if (!parsed.ok) return kMalformed;
    const again = encodeRequest(parsed.value, kFrameBytes);
    return good(again && messageIn(again));
  },
  response(message) {
    const parsed = parseResponse(framed(message));
    if (!parsed.ok) return kMalformed;
    const again = encodeResponse(parsed.value, kFrameBytes);
    return good(again && messageIn(again));
  },
  operation(bytes) {
    if (bytes.length === 0) return kMalformed;
    return kOperations[bytes[0]! % kOperations.length]?.(bytes.subarray(1));
  },
  directory_content(bytes) {
    const parsed = parseDirectoryContent(bytes);
    return parsed.ok ? good(encodeDirectory(parsed.value)) : { answer: parsed.error };
  },
  event(bytes) {
    const parsed = parseEvent(bytes);
    if (parsed === undefined) return kMalformed;
    return parsed.kind === 'unknown' ? { answer: 'newer version' } : good(encodeEvent(parsed));
  },
  wraps(bytes) {
    if (bytes.length < 2) return kMalformed;
    const size = (bytes[0]! << 8) | bytes[1]!;
    const header = parseHeader(bytes.subarray(2, 2 + size));
    if (!header.ok) return { answer: header.error };
    const { fields } = header.value;
    if (fields.kind !== 'grant' && fields.kind !== 'revoke') return kMalformed;
    const wraps = parseWraps(fields, bytes.subarray(2 + size));
    return wraps === undefined ? kMalformed : good(encodeWraps(wraps));
  },
  padding(bytes) {
    const data = unpad(bytes);
    return data === undefined ? kMalformed : good(data);
  },
  phrase(bytes) {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined; // a page gets no such text
    }
    const phrase = parsePhrase(text);
    return phrase.ok ? good(phrase.value.reveal()) : { answer: phrase.error.kind };
  },
};
