// Work of which the outcome is shown, unless everything was forgotten meanwhile: then nobody hears of it any more.
import { kDone, Work, type WorkState } from '../page/work.ts';

// False when everything was forgotten, and nothing was shown.
export type Show = (change: () => void) => boolean;

export class UntilForgotten {
  private round_ = 0; // one more with every `forget`

  forget(): void {
    this.round_ += 1;
  }
  // One at a time: `now` is how far the one before is. `doing` may say how it ended, if not as done. True once it was
  // done and shown.
  async run(
    now: WorkState,
    set: (work: WorkState) => void,
    doing: (work: Work, show: Show) => Promise<WorkState | void>,
  ): Promise<boolean> {
    if (now.status === 'going') return false;
    const round = this.round_;
    const show: Show = (change) => {
      if (round !== this.round_) return false;
      change();
      return true;
    };
    const tell = (state: WorkState): boolean => show(() => set(state));
    const work = new Work(tell);
    try {
      return tell((await doing(work, show)) ?? kDone);
    } catch (error) {
      work.fail(error);
      return false;
    }
  }
}
