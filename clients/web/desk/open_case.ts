// The case that is open on the desk: fetched, shown, looked at again. Its keys are wiped as soon as it is closed, but
// never under work that may still seal with them.
import type { FoundFile } from '../core/attached_files.ts';
import { wipeCase, type OpenedCase } from '../core/case_log.ts';
import { fold, type CaseState } from '../core/case_state.ts';
import type { Event } from '../core/event.ts';
import type { FetchedCase } from '../core/fetch.ts';
import { renew } from '../core/lead/renewal.ts';
import { kind_of } from '../page/session_error.ts';
import type { Work } from '../page/work.ts';
import type { Controller } from './controller.ts';
import { form_at } from './drafts.ts';
import { texts_of, type Row } from './inbox.ts';
import type { DeskSession } from './session.ts';
import { Shelf } from './shelf.ts';

export interface OpenCase {
  readonly row: Row;
  readonly fetched: FetchedCase;
  readonly state: CaseState;
  readonly identity_shown: boolean; // the adviser asked for it, and that stands in the log
}

// Throws where none is: what stands on the page of a case is gone with it.
export function case_open_at({ state: { open_case } }: Controller): OpenCase {
  if (!open_case) throw new Error('no case is open');
  return open_case;
}

export class CaseView {
  readonly shelf: Shelf; // files of the open case
  private round_ = 0; // one more with every case that is closed
  private line_: Promise<unknown> = Promise.resolve(); // of cases that open, or are looked at again
  private busy_ = 0; // pieces of work that may still use keys of a case
  private retired_: OpenedCase[] = []; // to be wiped once they are done

  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {
    this.shelf = new Shelf(session_, app_);
  }

  get now(): OpenCase {
    return case_open_at(this.app_);
  }

  async open(row: Row): Promise<void> {
    this.close();
    this.app_.set({ screen: 'inbox' }); // until it is open, and where it does not open
    const round = this.round_;
    await this.in_line(async () => {
      if (round !== this.round_) return;
      const fetched = await this.session_.fetch(row.item.handle);
      if (round !== this.round_) return this.retire(fetched.opened);
      this.show(row, fetched, false);
      this.app_.set({ screen: 'case' });
      await this.keep_alive(fetched, round);
    });
  }
  async refresh(): Promise<void> {
    await this.in_line(() => this.look());
  }
  close(): void {
    this.round_ += 1;
    const { open_case } = this.app_.state;
    this.shelf.clear();
    if (open_case) this.retire(open_case.fetched.opened);
    this.app_.set({ open_case: null, offered: null });
  }

  // Nothing is ever sealed under a key that was wiped meanwhile: a case's keys go when the last work on it is done.
  async hold<T>(doing: () => Promise<T>): Promise<T> {
    this.busy_ += 1;
    try {
      return await doing();
    } finally {
      this.busy_ -= 1;
      if (this.busy_ === 0) for (const opened of this.retired_.splice(0)) wipeCase(opened);
    }
  }
  run(name: string, doing: (work: Work) => Promise<void>): Promise<boolean> {
    return this.hold(() => this.app_.run(name, doing));
  }
  fetch_file(found: FoundFile): Promise<boolean> {
    return this.hold(() => this.shelf.fetch(found, this.now.fetched.opened));
  }

  // Another one is open, or it is fetched again: wiped, now or when the last work is done.
  retire(opened: OpenedCase): void {
    if (this.busy_ === 0) wipeCase(opened);
    else this.retired_.push(opened);
  }
  async look(): Promise<void> {
    const { open_case } = this.app_.state;
    if (!open_case) return; // closed meanwhile: there is nothing to look at
    const { row, fetched: before } = open_case;
    const round = this.round_;
    const fetched = await this.session_.fetch(row.item.handle, before);
    if (fetched === before) return;
    if (round !== this.round_) return this.retire(fetched.opened);
    const { fetched: shown, identity_shown } = this.now;
    // Another look was faster, and may know more.
    if (shown !== before && fetched.opened.entries.length <= shown.opened.entries.length) return this.retire(fetched.opened);
    this.show(row, fetched, identity_shown);
    this.retire(shown.opened);
  }
  // What was accepted is done, also where this look at it fails: another one comes within a minute.
  look_after(): Promise<void> {
    return this.look().catch(() => undefined);
  }
  show_identity({ row }: OpenCase): void {
    const { open_case } = this.app_.state;
    if (open_case?.row.key === row.key) this.show(open_case.row, open_case.fetched, true);
  }
  // What was typed for it has arrived.
  sent({ key }: Row, name: string, event: Event): void {
    this.app_.sent(form_at(key, name), texts_of(event));
  }

  // One after another: whoever asks for another case while one opens gets the one they asked for last.
  private in_line(doing: () => Promise<void>): Promise<unknown> {
    return (this.line_ = this.line_.then(() => this.run('case', doing)));
  }
  private show(row: Row, fetched: FetchedCase, identity_shown: boolean): void {
    const state = fold(fetched.opened, this.session_.directory);
    this.app_.set({ open_case: { row, fetched, state, identity_shown } });
    for (const { name, event } of this.session_.unanswered.arrived(row.key, fetched.opened)) {
      this.sent(row, name, event);
      void this.run(name, async () => undefined); // done, and said so
    }
    const read = this.app_.state.papers.get(row.key)?.readSeq ?? 0; // a log that shows less than that is told (inbox.ts)
    this.app_.paper(row.key, { readSeq: Math.max(read, fetched.opened.entries.length - 1) });
  }
  // Sealed to the newest keys, and for nobody who left: what a member owes every case they look at (protocol §3). What
  // can't be done now is done at the next look; a key of theirs or of a colleague that is none is told.
  private async keep_alive(fetched: FetchedCase, round: number): Promise<void> {
    try {
      await this.session_.act(fetched.opened.chain.handle, renew, fetched);
      await this.look();
    } catch (error) {
      if (kind_of(error) === 'verification' && round === this.round_) throw error;
    }
  }
}
