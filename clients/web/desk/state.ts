// What screens read: all that a desk knows at one moment, and what of it is left when it is locked.
import type { Papers, CasePapers } from '../core/desk/papers.ts';
import type { Presence } from '../core/protocol/availability.ts';
import type { RaisedAlert } from '../core/protocol/desk_operations.ts';
import type { Directory, Person } from '../core/protocol/directory.ts';
import type { Invitation } from '../core/protocol/enrolment.ts';
import type { Handbook } from '../core/protocol/handbook.ts';
import type { InboxItem } from '../core/protocol/operations.ts';
import type { ErrorKind } from '../page/session_error.ts';
import type { WorkState } from '../page/work.ts';
import type { Drafts } from './drafts.ts';
import type { Enrolled } from './enrolment.ts';
import type { Row, Wish } from './inbox.ts';
import type { KeyCopy } from './key_copy.ts';
import type { OpenCase } from './open_case.ts';
import type { OpenTrouble } from './session.ts';
import type { Sealed } from './unanswered.ts';
import type { Words } from './words/shape.ts';

export type Screen = 'open' | 'join' | 'inbox' | 'case';

export interface Opening {
  readonly going: boolean;
  readonly part: number; // of the passphrase's work, 0 to 1
  readonly trouble: OpenTrouble | null;
}

export interface Joining {
  readonly going: boolean;
  readonly part: number;
  readonly trouble: ErrorKind | null;
  readonly made: Enrolled | null;
}

export interface State {
  readonly words: Words;
  readonly screen: Screen;
  readonly organisation: Directory | null;
  readonly greeting_error: ErrorKind | null;
  readonly lost: boolean; // the last exchange got no answer
  readonly key_file: KeyCopy | null; // chosen, or this browser's copy; encrypted
  readonly kept: boolean; // this browser has a copy
  readonly opening: Opening;
  readonly invitation: Invitation | null; // nothing: none, or one that can't be read
  readonly joining: Joining;
  readonly idle: boolean; // locked by itself
  readonly waits: boolean; // what was typed is kept for whoever unlocks
  readonly me: Person | null;
  readonly rows: readonly Row[];
  readonly papers: Papers;
  readonly book: Handbook | null; // the organisation's, where it has one
  readonly alerts: readonly RaisedAlert[] | null; // nothing: not for this person
  readonly overdue: readonly InboxItem[]; // to be taken over from a colleague
  readonly presences: ReadonlyMap<string, Presence>; // by member id in hexadecimal; empty: not asked yet
  readonly wish: Wish;
  readonly shown: number; // rows of the inbox
  readonly open_case: OpenCase | null;
  readonly offered: File | null; // chosen for the open case, and not sent before somebody says so
  readonly drafts: Drafts; // what is being typed
  readonly work: Readonly<Record<string, WorkState>>; // by name
  readonly announcement: string;
}

export const kRowsAtOnce = 60;
const kWish: Wish = { filter: 'open', query: '', label: '' };
export const kNotJoining: Joining = { going: false, part: 0, trouble: null, made: null };
export const kNotOpening: Opening = { going: false, part: 0, trouble: null };
// Nothing of anybody's.
export const kLocked = {
  screen: 'open', me: null, rows: [], papers: new Map(), alerts: null, overdue: [], presences: new Map(), book: null, wish: kWish, shown: kRowsAtOnce,
  open_case: null, offered: null, drafts: {}, work: {}, opening: kNotOpening, announcement: '',
} as const;

// What an unlocked desk finds again.
export interface Kept {
  readonly drafts: Drafts;
  readonly papers: readonly (readonly [string, CasePapers])[];
  readonly at: string | null; // the case that was open
  readonly base: readonly (readonly [string, CasePapers])[] | null; // papers before what is not at the gateway yet
  readonly unanswered: readonly Sealed[]; // what may have arrived
}
