// Long work in steps, so that it holds up no frame however long it is: each rest it takes ends a piece of work, and the
// next one begins when its turn has come.
import type { Rest } from '../cleaning/clean.ts';
import type { Session } from './session.ts';

// What is shorter than that needs no rest.
const kStepMs = 10;

export async function in_steps<T>(in_turn: Session['in_turn'], work: (rest: Rest) => Promise<T>): Promise<T> {
  let until: number;
  let end: () => void;
  const turn = () =>
    new Promise<void>((begin, failed) => {
      const piece = new Promise<void>((ended) => (end = ended));
      in_turn(() => {
        until = performance.now() + kStepMs;
        begin();
        return piece;
      }).catch(failed);
    });
  await turn();
  return work(() => (performance.now() < until ? undefined : (end(), turn()))).finally(() => end());
}
