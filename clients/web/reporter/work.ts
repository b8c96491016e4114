// One piece of work that travels with the rhythm, as a screen sees it.
import type { ErrorKind, OnProgress, Progress } from './session.ts';

export interface WorkState {
  readonly status: 'idle' | 'going' | 'done' | 'failed';
  readonly progress: Progress | null;
  readonly error: ErrorKind | null;
}

export const kIdle: WorkState = { status: 'idle', progress: null, error: null };

export class Work {
  private readonly show_: (state: WorkState) => void;

  constructor(show: (state: WorkState) => void) {
    this.show_ = show;
    this.show_({ status: 'going', progress: null, error: null });
  }
  readonly progress: OnProgress = (progress) =>
    this.show_({ status: 'going', progress, error: null });
  finish(): void {
    this.show_({ status: 'done', progress: null, error: null });
  }
  fail(error: ErrorKind): void {
    this.show_({ status: 'failed', progress: null, error });
  }
}
