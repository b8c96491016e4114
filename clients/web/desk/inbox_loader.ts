// Fills the inbox: at once with what the headers show, then case by case with what opening them tells, while the
// adviser works. What was opened here is wiped again; only a brief remains.
import { Compartment } from '../generated/rules.ts';
import { wipeCase } from '../core/case_log.ts';
import { fold } from '../core/case_state.ts';
import type { InboxItem } from '../core/protocol/operations.ts';
import { kind_of } from '../page/session_error.ts';
import { brief_of, comes_first, row_of, talks_in, type Brief, type Row } from './inbox.ts';
import type { DeskSession } from './session.ts';

const kAtOnce = 8; // as many logs of ordinary size as a large frame answers
const kShowMs = 250;

export interface InboxHost {
  rows(): readonly Row[];
  set_rows(rows: readonly Row[]): void;
  set_overdue(items: readonly InboxItem[]): void;
}

export class InboxLoader {
  private round_ = 0; // one more with every stop: what is under way then ends
  private going_ = false;
  private readonly fresh_ = new Map<string, Partial<Row>>(); // opened, not shown yet
  private shown_ms_ = 0;

  constructor(
    private readonly session_: DeskSession,
    private readonly host_: InboxHost,
  ) {}

  stop(): void {
    this.round_ += 1;
    this.going_ = false;
    this.fresh_.clear();
  }

  // Asks which cases there are; resolves when they stand in order. Opening them goes on meanwhile.
  async refresh(): Promise<void> {
    const round = this.round_;
    const { cases, toTakeOver } = await this.session_.inbox();
    if (round !== this.round_) return;
    const before = new Map(this.host_.rows().map((row) => [row.key, row]));
    const { directory, today } = this.session_;
    const rows = cases.map((item) => row_of(item, directory.content.terms, today));
    const known = rows.map((row) => {
      const { brief = null, trouble = null } = before.get(row.key) ?? {};
      return { ...row, brief, trouble }; // until it was opened again
    });
    this.host_.set_rows(known.sort(comes_first));
    this.host_.set_overdue(toTakeOver);
    void this.open_all(round);
  }

  private async open_all(round: number): Promise<void> {
    if (this.going_) return;
    this.going_ = true;
    const tried = new Set<string>();
    const next = (): Row | undefined =>
      this.host_.rows().find((row) => {
        const stale = row.brief === null || row.brief.head_seq !== row.item.headSeq;
        return stale && !tried.has(row.key) && !this.fresh_.has(row.key);
      });
    const line = async (): Promise<void> => {
      for (let row = next(); row && round === this.round_; row = next()) {
        tried.add(row.key);
        await this.open_one(row, round);
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, line));
    if (round !== this.round_) return;
    this.show();
    this.going_ = false;
  }

  private async open_one(row: Row, round: number): Promise<void> {
    let found: Partial<Row>;
    try {
      found = { brief: await this.brief(row), trouble: null };
    } catch (error) {
      // A line that was cut says nothing about the case: the next look opens it.
      const trouble = kind_of(error);
      found = trouble === 'unreachable' ? {} : { trouble };
    }
    if (round !== this.round_) return;
    this.fresh_.set(row.key, found);
    if (performance.now() - this.shown_ms_ >= kShowMs) this.show();
  }

  private async brief(row: Row): Promise<Brief> {
    const { opened } = await this.session_.fetch(row.item.handle);
    try {
      const { directory, member, today } = this.session_;
      const talks = talks_in(opened, member.memberId, today);
      return brief_of(opened, fold(opened, directory), member.signingKey.publicKey, talks, Compartment.identity);
    } finally {
      wipeCase(opened);
    }
  }

  private show(): void {
    this.shown_ms_ = performance.now();
    if (this.fresh_.size === 0) return;
    this.host_.set_rows(this.host_.rows().map((row) => ({ ...row, ...this.fresh_.get(row.key) })));
    this.fresh_.clear();
  }
}
