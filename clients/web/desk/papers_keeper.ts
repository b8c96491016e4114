// Brings a person's papers to the gateway a little after they changed, merged with what another browser put meanwhile.
import type { Papers } from '../core/desk/papers.ts';
import { differs, merged } from './papers.ts';
import type { DeskSession } from './session.ts';

const kWaitMs = 1500;

export interface PapersHost {
  papers(): Papers;
  set_papers(papers: Papers): void;
  run(name: 'papers' | 'read_papers', doing: () => Promise<void>): Promise<unknown>; // with what went wrong shown
}

export class PapersKeeper {
  private base_: Papers = new Map(); // as the gateway had them last: what differs from it was changed here
  private busy_ = false; // one at a time: what was read before a change arrived would look like its end
  private timer_ = 0;
  private round_ = 0;

  constructor(
    private readonly session_: DeskSession,
    private readonly host_: PapersHost,
  ) {}

  // What is kept by now. What was changed here and did not arrive yet goes along.
  look(): Promise<unknown> {
    return this.is_due ? this.save() : this.alone('read_papers', () => this.session_.papers(), () => this.base_);
  }
  // A little later, so that what changes together goes together.
  changed(): void {
    clearTimeout(this.timer_);
    this.timer_ = setTimeout(() => void this.save(), kWaitMs) as unknown as number;
  }

  // What the papers were changed from, for whoever goes on later; nothing when all of it is kept.
  stop(): Papers | null {
    const base = this.is_due ? this.base_ : null;
    this.round_ += 1;
    this.busy_ = false;
    clearTimeout(this.timer_);
    this.base_ = new Map();
    return base;
  }
  go_on(base: Papers): void {
    this.base_ = base;
  }

  private get is_due(): boolean {
    return differs(this.host_.papers(), this.base_);
  }
  private save(): Promise<unknown> {
    let sent = this.host_.papers();
    const change = (theirs: Papers): Papers => merged(theirs, (sent = this.host_.papers()), this.base_);
    return this.alone('papers', () => this.session_.change_papers(change), () => sent);
  }

  // `known`: how much of what stands here is in the answer, if it was not taken away there.
  private async alone(name: 'papers' | 'read_papers', ask: () => Promise<Papers>, known: () => Papers): Promise<unknown> {
    if (this.busy_) return this.changed(); // what changes while this is on its way follows it
    return this.host_.run(name, async () => {
      const round = this.round_;
      this.busy_ = true;
      const theirs = await ask().finally(() => {
        if (round === this.round_) this.busy_ = false;
      });
      if (round !== this.round_) return;
      this.host_.set_papers(merged(theirs, this.host_.papers(), known()));
      this.base_ = theirs;
    });
  }
}
