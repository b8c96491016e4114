// What can go wrong. `message` is for developers and logs of tests; an app says it in the person's language by `code`.

import { Status } from '../generated/rules.ts';
import { bad, type Bad, type Expected } from './expected.ts';
import type { DirectoryError } from './protocol/directory.ts';

export type ErrorKind =
  | 'defect' // a mistake in this program
  | 'bad input' // something given is wrong; nothing was sent
  | 'refused' // the gateway or the rules said no; or there is no such case
  | 'unreachable' // try again; what was written is kept
  | 'verification'; // something does not check out: not what was signed, or not all of it

export type ErrorCode =
  // The gateway's answer to an operation.
  | 'no such case' // a word mistyped, or destroyed, or not shared with this key: nobody can tell which
  | 'malformed'
  | 'gateway too old'
  | 'stale beacon'
  | 'stale head'
  | 'stale day'
  | 'stale directory'
  | 'forbidden' // `detail`: the rule it breaks (a Breach), when it was found here
  | 'too large'
  | 'quota'
  | 'busy'
  | 'storage'
  | 'incomplete'
  // The exchange.
  | 'unreachable'
  | 'unreadable answer'
  | 'other protocol version' // reload the page
  | 'misfit' // answers that do not fit together
  | 'stopped' // the page was closed, or the connection ended
  // The organisation.
  | 'directory newer version'
  | 'directory of another organisation'
  | 'directory invalid'
  | 'directory not a successor'
  | 'key not vouched for' // `detail`: the person's name
  | 'key replaced' // `detail`: whose
  | 'key lapsed' // the same
  // Who is to read a case.
  | 'not an adviser' // `detail`: the name
  | 'nobody chosen'
  | 'too many readers'
  | 'stand-in already reads'
  | 'nobody reads signals'
  // A case.
  | 'log broken'
  | 'not shared'
  | 'changes too fast'
  | 'changed meanwhile' // there is something to read first
  | 'not answered' // `detail`: why (an AnswerProblem)
  // Files.
  | 'file unreadable' // gone, or it may not be read any more
  | 'file changed' // while it was being sent
  | 'file too large'
  | 'not the file' // what the gateway hands over is not what was attached
  | 'files are gone' // with the case share
  | 'defect';

export interface CoreError {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly message: string; // what happened, what was kept, what to do; in English
  readonly detail?: string;
}

export type Result<T> = Expected<T, CoreError>;

export function fail(kind: ErrorKind, code: ErrorCode, message: string, detail?: string): Bad<CoreError> {
  return bad(detail === undefined ? { kind, code, message } : { kind, code, message, detail });
}

const kRefusals: Readonly<Partial<Record<Status, CoreError>>> = {
  [Status.nothing]: {
    kind: 'refused',
    code: 'no such case',
    message: 'there is no such case: a word may be mistyped, or it may have been destroyed, or it is not shared',
  },
  [Status.malformed]: {
    kind: 'defect',
    code: 'malformed',
    message: 'the gateway could not read what this program sent',
  },
  [Status.newer_version]: {
    kind: 'refused',
    code: 'gateway too old',
    message: "the gateway is older than this program and can't do this",
  },
  [Status.stale_beacon]: {
    kind: 'unreachable',
    code: 'stale beacon',
    message: "the gateway's answers don't keep up; try again",
  },
  [Status.stale_head]: {
    kind: 'unreachable',
    code: 'stale head',
    message: 'somebody else wrote at the same moment; try again',
  },
  [Status.stale_day]: {
    kind: 'unreachable',
    code: 'stale day',
    message: 'the day changed while sending; try again',
  },
  [Status.stale_directory]: {
    kind: 'unreachable',
    code: 'stale directory',
    message: "the organisation's directory changed while sending; try again",
  },
  [Status.forbidden]: { kind: 'refused', code: 'forbidden', message: "the rules of this case don't allow this" },
  [Status.too_large]: { kind: 'bad input', code: 'too large', message: 'this is too large to send' },
  [Status.quota]: {
    kind: 'refused',
    code: 'quota',
    message: 'this case, or the gateway, has taken all it takes today; try again tomorrow',
  },
  [Status.later]: { kind: 'unreachable', code: 'busy', message: 'the gateway is busy; try again' },
  [Status.storage]: {
    kind: 'unreachable',
    code: 'storage',
    message: 'the gateway could not store it; nothing was changed',
  },
  [Status.incomplete]: {
    kind: 'unreachable',
    code: 'incomplete',
    message: 'part of the text did not arrive; try again',
  },
};

// The gateway's answer to one operation, when it is not `done`.
export function refusal(status: Status): CoreError {
  const known = kRefusals[status];
  if (known !== undefined) return known;
  return {
    kind: 'defect',
    code: 'defect',
    message: 'the gateway answered with a number this program does not know',
  };
}

export function describeDirectoryError(error: DirectoryError): Bad<CoreError> {
  switch (error) {
    case 'newer version':
      return fail('verification', 'directory newer version', 'the directory was made with a newer version');
    case 'other organisation':
      return fail(
        'verification',
        'directory of another organisation',
        'this gateway shows the directory of another organisation than the one you know; nothing was sent',
      );
    default:
      return fail('verification', 'directory invalid', 'the directory does not check out; nothing was sent');
  }
}
