// Brings a person's papers to the gateway a little after they changed, merged with what another browser put meanwhile.
import type { Papers } from '../core/desk/papers.ts';
import { merged } from './papers.ts';
import type { DeskSession } from './session.ts';

const kWaitMs = 1500;

export interface PapersHost {
  papers(): Papers;
  set_papers(papers: Papers): void;
  run(doing: () => Promise<void>): Promise<unknown>; // one at a time, with what went wrong shown
}

export class PapersKeeper {
  private changed_ = new Set<string>();
  private under_way_ = new Set<string>(); // changed before, and on their way to the gateway
  private timer_ = 0;
  private round_ = 0;

  constructor(
    private readonly session_: DeskSession,
    private readonly host_: PapersHost,
  ) {}

  // What is kept, beside what was changed since the desk opened.
  async load(): Promise<void> {
    const round = this.round_;
    const theirs = await this.session_.papers();
    this.merge(theirs, round);
  }

  changed(key: string): void {
    this.changed_.add(key);
    this.save_soon();
  }

  // What was changed and is not kept yet, for whoever goes on later.
  stop(): readonly string[] {
    const changed = new Set([...this.under_way_, ...this.changed_]);
    this.round_ += 1;
    clearTimeout(this.timer_);
    this.under_way_ = this.changed_ = new Set();
    return [...changed];
  }

  private save_soon(): void {
    clearTimeout(this.timer_);
    this.timer_ = setTimeout(() => void this.host_.run(() => this.save()), kWaitMs) as unknown as number;
  }
  private async save(): Promise<void> {
    const round = this.round_;
    const changed = this.changed_;
    this.under_way_ = changed;
    this.changed_ = new Set();
    const kept = await this.session_
      .change_papers((theirs) => merged(theirs, this.host_.papers(), changed))
      .finally(() => {
        if (this.under_way_ === changed) this.under_way_ = new Set();
      })
      .catch((error: unknown) => {
        // The next change tries again; whoever stopped meanwhile took them along.
        if (round === this.round_) for (const key of changed) this.changed_.add(key);
        throw error;
      });
    this.merge(kept, round);
  }

  // What changed while this was on its way found the way taken, and is due now.
  private merge(theirs: Papers, round: number): void {
    if (round !== this.round_) return;
    this.host_.set_papers(merged(theirs, this.host_.papers(), this.changed_));
    if (this.changed_.size > 0) this.save_soon();
  }
}
