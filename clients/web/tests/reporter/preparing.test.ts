// Files on their way to be sent: taken apart in turn, and none of them stops those behind it.
import { expect, test } from 'vitest';

import { Files, kNoFiles, type FilesState } from '../../reporter/files.ts';
import { Preparing, type Prepared } from '../../reporter/preparing.ts';
import type { Session } from '../../reporter/session.ts';

function made(in_turn: Session['in_turn']) {
  let state: FilesState = kNoFiles;
  let prepared: readonly Prepared[] = [];
  const files = new Files({} as Session, {
    files: () => state,
    set_files: (change) => (state = { ...state, ...change }),
    set_view: () => {},
  });
  const preparing = new Preparing(files, { prepared: () => prepared, set_prepared: (now) => (prepared = now), in_turn });
  const settled = async (): Promise<readonly Prepared[]> => {
    while (prepared.some(({ sent, trouble }) => sent === null && trouble === null)) await new Promise((wake) => setTimeout(wake, 5));
    return prepared;
  };
  return { preparing, settled, sent: () => state.chosen };
}
const text_file = (name: string): File => new File(['no kind that is known'], name);

test('a file is taken apart in its turn, and at no other moment', async () => {
  let open!: () => void;
  const turn = new Promise<void>((come) => (open = come));
  let pieces = 0;
  const { preparing, settled } = made(async (piece) => {
    pieces += 1;
    await turn;
    return piece();
  });
  preparing.take([text_file('a')]);
  await new Promise((wake) => setTimeout(wake, 50));
  expect([pieces, preparing.undecided()]).toEqual([1, true]);
  open();
  expect((await settled()).map(({ trouble }) => trouble)).toEqual(['unknown']);
});

test('a file that this phone has no memory for is said to be so, and the next one goes on', async () => {
  let first = true;
  const { preparing, settled } = made(async (piece) => {
    if (first) {
      first = false;
      throw new RangeError('Array buffer allocation failed');
    }
    return piece();
  });
  preparing.take([text_file('a'), text_file('b')]);
  expect((await settled()).map(({ trouble }) => trouble)).toEqual(['broken', 'unknown']);
});

test('a picture that can not be covered, of too little memory, waits for a decision and is not sent as it was', async () => {
  const { preparing, settled, sent } = made(async (piece) => piece());
  preparing.take_recording(new Uint8Array([1])); // anything that can be sent: here nothing can be drawn
  const [file] = await settled();
  expect(sent().length).toBe(1);
  await preparing.cover(file!.id, [{ x: 0, y: 0, width: 1, height: 1 }]);
  expect((await settled()).map(({ sent: now, trouble }) => [now, trouble])).toEqual([[null, 'broken']]);
  expect(sent()).toEqual([]);
});
