// Brings a person's papers to the gateway a little after they changed, and merges what another browser put meanwhile.
// A gateway that keeps no papers is no trouble: then they last as long as the page.
import type { Papers } from './inbox.ts';
import { fitting, merged, open_papers, seal_papers } from './papers.ts';
import type { DeskSession } from './session.ts';
import { systemRandom } from '../core/crypto/random.ts';

const kWaitMs = 1500;
const kTries = 4;

export interface PapersHost {
  papers(): Papers;
  set_papers(papers: Papers, kept: boolean): void;
}

export class PapersKeeper {
  private number_ = 0; // of what the gateway keeps
  private keeps_ = false;
  private changed_ = new Set<string>();
  private timer_ = 0;
  private round_ = 0;

  constructor(
    private readonly session_: DeskSession,
    private readonly host_: PapersHost,
  ) {}

  // What is kept, merged with what was changed since the desk opened.
  async load(): Promise<void> {
    const round = this.round_;
    const found = await this.session_.papers();
    if (round !== this.round_) return;
    this.keeps_ = found !== null;
    if (found) this.take(found.number, found.sealed);
    else this.host_.set_papers(this.host_.papers(), false);
  }

  changed(key: string): void {
    this.changed_.add(key);
    clearTimeout(this.timer_);
    if (this.keeps_) this.timer_ = setTimeout(() => void this.save(), kWaitMs) as unknown as number;
  }

  // What was changed and is not kept yet, for whoever goes on later.
  stop(): readonly string[] {
    const changed = [...this.changed_];
    this.round_ += 1;
    clearTimeout(this.timer_);
    this.keeps_ = false;
    this.changed_ = new Set();
    return changed;
  }

  private async save(): Promise<void> {
    const round = this.round_;
    for (let tries = 0; tries < kTries; ++tries) {
      const sealed = seal_papers(fitting(this.host_.papers()), this.session_.member.localKey, systemRandom);
      const changed = this.changed_;
      this.changed_ = new Set();
      const answer = await this.session_.put_papers({ number: this.number_ + 1, sealed });
      if (round !== this.round_) return;
      if (answer === 'put') {
        this.number_ += 1;
        return;
      }
      for (const key of changed) this.changed_.add(key);
      if (answer === 'failed') return; // the next change tries again
      const found = await this.session_.papers();
      if (round !== this.round_ || found === null) return;
      this.take(found.number, found.sealed);
    }
  }

  private take(number: number, sealed: Uint8Array): void {
    this.number_ = number;
    const theirs = number === 0 ? undefined : open_papers(sealed, this.session_.member.localKey);
    this.host_.set_papers(merged(theirs ?? new Map(), this.host_.papers(), this.changed_), true);
  }
}
