// Files on their way to be sent: taken apart in turn, and none of them stops those behind it.
import { expect, test, vi } from 'vitest';

import { from_latin1 } from '../../cleaning/reader.ts';
import { Zip, ZipWriter } from '../../cleaning/zip.ts';
import { Files, kNoFiles, type FilesState } from '../../reporter/files.ts';
import { Preparing, type Prepared } from '../../reporter/preparing.ts';
import type { Session } from '../../reporter/session.ts';

function made(in_turn: Session['in_turn']) {
  let state: FilesState = kNoFiles;
  let prepared: readonly Prepared[] = [];
  const files = new Files({ seconds_for: () => 0 } as unknown as Session, {
    files: () => state,
    set_files: (change) => (state = { ...state, ...change }),
    set_view: () => {},
    is_covering: (file) => preparing.is_covering(file),
  });
  const preparing: Preparing = new Preparing(files, { prepared: () => prepared, set_prepared: (now) => (prepared = now), in_turn });
  const settled = async (): Promise<readonly Prepared[]> => {
    while (prepared.some(({ sent, trouble }) => sent === null && trouble === null)) await new Promise((wake) => setTimeout(wake, 5));
    return prepared;
  };
  const forget = (): void => {
    preparing.forget();
    prepared = [];
    state = kNoFiles;
  };
  return { files, preparing, settled, forget, sent: () => state.chosen };
}
const text_file = (name: string): File => new File(['no kind that is known'], name);
const recorded = async (what: number) => new Uint8Array([what]);

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

test('a long document is taken apart in many turns, one after the other, and comes out whole', async () => {
  const zip = new ZipWriter();
  await zip.add('[Content_Types].xml', from_latin1('<Types/>'));
  await zip.add('word/document.xml', from_latin1(`<a>${'<b>word</b>'.repeat(1000)}</a>`));
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1));
  let [turns, at_once, most] = [0, 0, 0];
  let last: Promise<unknown> = Promise.resolve();
  const { preparing, settled } = made(async (piece) => {
    const mine = last.then(async () => {
      turns += 1;
      most = Math.max(most, ++at_once);
      const given = await piece();
      at_once -= 1;
      return given;
    });
    last = mine;
    return mine;
  });
  preparing.take([new File([zip.finish()], 'a.docx')]);
  const [file] = await settled();
  clock.mockRestore();
  expect(new Zip(new Uint8Array(await file!.sent!.arrayBuffer())).names()).toContain('word/document.xml');
  expect(turns).toBeGreaterThan(100);
  expect([at_once, most]).toEqual([0, 1]);
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
  void preparing.take_recording(recorded(1)); // anything that can be sent: here nothing can be drawn
  const [file] = await settled();
  expect(sent().length).toBe(1);
  await preparing.cover(file!.id, [{ x: 0, y: 0, width: 1, height: 1 }]);
  expect((await settled()).map(({ sent: now, trouble }) => [now, trouble])).toEqual([[null, 'broken']]);
  expect(sent()).toEqual([]);
});

test('a picture on which boxes are drawn is undecided until they are in it, or none are', async () => {
  const { files, preparing, settled, sent } = made(async (piece) => piece());
  void preparing.take_recording(recorded(1));
  void preparing.take_recording(recorded(2));
  const [{ id }] = (await settled()) as [Prepared];
  expect(preparing.undecided()).toBe(false);
  preparing.begin_covering(id);
  expect(sent().map((file) => preparing.is_covering(file))).toEqual([true, false]);
  expect(preparing.undecided()).toBe(true);
  await preparing.cover(id, []);
  expect([preparing.undecided(), sent().length]).toEqual([false, 2]);

  preparing.begin_covering(id);
  files.remove(sent()[0]!); // it had arrived just then
  expect(preparing.undecided(), 'what is in the case waits for nothing').toBe(false);
});

test('names count from one again in the next visit, and what was being prepared in the one before does not come into it', async () => {
  const gates: (() => void)[] = [];
  const { preparing, settled, forget, sent } = made(async (piece) => (await new Promise<void>((open) => gates.push(open)), piece()));
  preparing.take([text_file('of the case before')]);
  void preparing.take_recording(recorded(1));
  while (gates.length === 0) await new Promise((wake) => setTimeout(wake, 5));
  forget();
  void preparing.take_recording(recorded(2));
  gates.forEach((open) => open());
  await new Promise((wake) => setTimeout(wake, 20));
  expect((await settled()).map(({ sent: now, trouble }) => [now?.name, trouble])).toEqual([['recording-1.wav', null]]);
  expect(sent().map(({ name }) => name)).toEqual(['recording-1.wav']);
});
