// What both languages read behind a signature, a seal or a passphrase, each as a function from bytes to an answer: the
// twin of tests/fuzz/readers.h.
import { openKeyFile } from '../../core/crypto/key_file.ts';
import { LocalKey, openLocal } from '../../core/crypto/local_seal.ts';
import { asBytes, exactly } from '../../core/crypto/bytes.ts';
import { parsePapers } from '../../core/desk/papers.ts';
import type { Expected } from '../../core/expected.ts';
import { Availability } from '../../core/protocol/availability.ts';
import { Certificate, parseMemberCard } from '../../core/protocol/certificate.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { EnrolmentRequest, parseInvitation } from '../../core/protocol/enrolment.ts';
import { parseHandbook } from '../../core/protocol/handbook.ts';
import type { Day, ServiceId } from '../../core/protocol/ids.ts';

// Whose people signed, and the day it is read on.
export interface Scene {
  readonly service: ServiceId;
  readonly today: Day;
  readonly directory: Directory;
}

// Nothing for an input that this side has no say in.
type Answer = string | undefined;
type Reader = (given: Uint8Array, scene: Scene) => Answer | Promise<Answer>;

const said = (read: Expected<unknown, string>): Answer => (read.ok ? 'good' : read.error);
const judged = (read: unknown): Answer => (read === undefined ? 'malformed' : 'good');

const kPassphrase = asBytes('fuzz');
const kLocalKey = exactly(LocalKey, new Uint8Array(LocalKey.size).fill(5));

// A page gets no text that is not UTF-8.
function text_in(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const directory: Reader = async (given, { service }) => said(await Directory.parse(given, service));
const certificate: Reader = async (given, scene) => said(await Certificate.parse(given, scene.directory, scene.today));
const availability: Reader = async (given, scene) =>
  said(await Availability.parse(given, scene.directory, scene.today));
const enrolment: Reader = async (given, { service }) => {
  const text = text_in(given);
  return text === undefined ? undefined : said(await EnrolmentRequest.parse(text, service));
};
const key_file: Reader = async (given) => said(await openKeyFile(given, kPassphrase));
const local: Reader = (given) => said(openLocal(kLocalKey, 'outbox', given));

export const kReaders: Readonly<Record<string, Reader>> = {
  directory,
  directory_signed: directory,
  certificate,
  certificate_signed: certificate,
  member_card: (given) => judged(parseMemberCard(given)),
  availability,
  availability_signed: availability,
  invitation(given) {
    const text = text_in(given);
    return text === undefined ? undefined : judged(parseInvitation(text));
  },
  enrolment,
  enrolment_signed: enrolment,
  handbook_read: (given) => judged(parseHandbook(given)),
  papers: (given) => judged(parsePapers(given)),
  key_file,
  key_file_sealed: key_file,
  local,
  local_sealed: local,
};
