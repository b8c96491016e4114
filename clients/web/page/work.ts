// One piece of work that takes a while, as a screen sees it.
import { kind_of, lapsed_of, type ErrorKind } from './session_error.ts';

// How far a piece of work is, in steps that each need an exchange.
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly seconds_left: number; // an honest guess from the announced pace; 0 when unknown
}
export type OnProgress = (progress: Progress) => void;

export interface WorkState {
  readonly status: 'idle' | 'going' | 'done' | 'failed';
  readonly progress: Progress | null;
  readonly error: ErrorKind | null;
  readonly lapsed: string; // whose key did, where that is what was wrong
}

export const kIdle: WorkState = { status: 'idle', progress: null, error: null, lapsed: '' };
export const kDone: WorkState = { ...kIdle, status: 'done' };
// What ended is told where it was begun, and nowhere else.
export const elsewhere = (work: WorkState): WorkState => (work.status === 'going' ? work : kIdle);

export class Work {
  private readonly show_: (state: WorkState) => void;

  constructor(show: (state: WorkState) => void) {
    this.show_ = show;
    this.show_({ ...kIdle, status: 'going' });
  }
  readonly progress: OnProgress = (progress) =>
    this.show_({ ...kIdle, status: 'going', progress });
  finish(): void {
    this.show_(kDone);
  }
  fail(error: unknown): void {
    this.show_({ ...kIdle, status: 'failed', error: kind_of(error), lapsed: lapsed_of(error) });
  }
}
