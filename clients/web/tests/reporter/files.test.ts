// Files as the screens see them: what is offered, what stays in the list, what is let go.
import { expect, test, vi } from 'vitest';

import { SessionError } from '../../page/session_error.ts';
import { Files, kChoiceSecondsMin, kCoveredSecondsMax, kFileBytesMax, kNoFiles, type FilesState } from '../../reporter/files.ts';
import type { AttachHow, CaseView, Session } from '../../reporter/session.ts';
import { kFileBytesMax as kRulesFileBytesMax } from '../../generated/rules.ts';

const file_of = (name: string, size = 3): File => {
  const file = new File(['abc'], name);
  Object.defineProperty(file, 'size', { value: size });
  return file;
};

function made(session: Partial<Session>) {
  let state: FilesState = kNoFiles;
  const views: CaseView[] = [];
  const drawn_over = new Set<File>();
  const files = new Files({ seconds_for: () => 0, ...session } as Session, {
    files: () => state,
    set_files: (change) => (state = { ...state, ...change }),
    set_view: (view) => views.push(view),
    is_covering: (file) => drawn_over.has(file),
  });
  const forget = (): void => {
    files.forget();
    state = kNoFiles;
  };
  return { files, state: () => state, views, forget, drawn_over };
}

test('the limit is the one of the rules', () => expect(kFileBytesMax).toBe(kRulesFileBytesMax));

test('a file that is too large is named and not taken', () => {
  const { files, state } = made({});
  files.choose([file_of('a'), file_of('groot', kFileBytesMax + 1)]);
  expect(state().chosen.map(({ name }) => name)).toEqual(['a']);
  expect(state().too_large).toEqual(['groot']);
  files.remove(state().chosen[0]!);
  expect(state().chosen).toEqual([]);
});

test('above twenty minutes nothing goes until the reporter chose to be seen', async () => {
  let seconds = kCoveredSecondsMax;
  const hows: AttachHow[] = [];
  const attach = async (_: File, how: AttachHow) => (hows.push(how), null);
  const { files, state } = made({ seconds_for: () => seconds, attach });
  files.choose([file_of('a')]);
  expect(files.must_choose()).toBe(false);
  seconds += 1;
  expect(files.must_choose()).toBe(true);
  Object.assign(state(), { uncovered: true });
  expect(files.must_choose()).toBe(false);
  expect(await files.attach('story', ['eik'])).toBe(true);
  expect(hows).toMatchObject([{ to: 'story', words: ['eik'], covered: false }]);
  expect(state().uncovered, 'chosen once, for these files').toBe(false);
});

test('what was chosen for a large file does not outlive it in the list: a small one goes covered', async () => {
  const hows: AttachHow[] = [];
  const attach = async (_: File, how: AttachHow) => (hows.push(how), null);
  const seconds_for = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
  const { files, state } = made({ seconds_for, attach });
  const [large, other] = [file_of('large', kChoiceSecondsMin + 1), file_of('other', kChoiceSecondsMin + 1)];
  files.choose([large]);
  Object.assign(state(), { uncovered: true });
  files.replace(large, other);
  expect(state().uncovered, 'another one that takes as long').toBe(true);
  files.remove(other);
  expect(state().uncovered).toBe(false);
  files.choose([file_of('small')]);
  expect([files.may_choose(), state().uncovered]).toEqual([false, false]);
  Object.assign(state(), { uncovered: true }); // as if a pace had been announced meanwhile by which it is no choice any more
  await files.attach('story', null);
  expect(hows).toMatchObject([{ covered: true }]);
});

test('how files go is taken once for all of them, and what is left after a failure is chosen for anew', async () => {
  const hows: [string, boolean][] = [];
  const attach = async ({ name }: File, { covered }: AttachHow) => {
    hows.push([name, covered]);
    if (name === 'b' && hows.length === 2) throw new SessionError('unreachable', 'gone');
    return null;
  };
  const { files, state } = made({ seconds_for: (sizes) => sizes.reduce((sum, size) => sum + size, 0), attach });
  files.choose([file_of('large', kChoiceSecondsMin), file_of('b')]);
  Object.assign(state(), { uncovered: true });
  expect(await files.attach('talk', null)).toBe(false);
  expect([state().chosen.map(({ name }) => name), state().uncovered]).toEqual([['b'], false]);
  expect(await files.attach('talk', null)).toBe(true);
  expect(hows).toEqual([['large', false], ['b', false], ['b', true]]);
});

test('a file goes where it was sent to first, however often and from wherever it is tried again', async () => {
  const places: [string, string][] = [];
  let fails = true;
  const attach = async ({ name }: File, { to }: AttachHow) => {
    places.push([name, to]);
    if (fails) throw new SessionError('unreachable', 'gone');
    return null;
  };
  const { files } = made({ attach });
  files.choose([file_of('a')]);
  expect(await files.attach('story', ['eik'])).toBe(false);
  fails = false;
  files.choose([file_of('b')]);
  expect(await files.attach('talk', null)).toBe(true);
  expect(places).toEqual([['a', 'story'], ['a', 'story'], ['b', 'talk']]);
});

test('each file leaves the list when the case has it; what failed stays and goes on', async () => {
  const sent: string[] = [];
  let fails = true;
  const attach = async ({ name }: File) => {
    if (name === 'b' && fails) throw new SessionError('unreachable', 'gone');
    sent.push(name);
    return null;
  };
  const { files, state } = made({ attach });
  files.choose([file_of('a'), file_of('b'), file_of('c')]);
  expect(await files.attach('talk', null)).toBe(false);
  expect(state().chosen.map(({ name }) => name)).toEqual(['b', 'c']);
  expect(state().attaching).toMatchObject({ status: 'failed', error: 'unreachable' });
  fails = false;
  expect(await files.attach('talk', null)).toBe(true);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(state().chosen).toEqual([]);
});

// What a browser says of a picture before it draws anything of it.
function pictures_are(width: number, height: number): void {
  vi.stubGlobal('Image', class {
    naturalWidth = width;
    naturalHeight = height;
    onload = (): void => {};
    set src(_: string) {
      queueMicrotask(() => this.onload());
    }
  });
}

test('a hundred megapixels from an adviser are not drawn, and can be saved', async () => {
  const { files, state } = made({ fetch_file: async () => [new Uint8Array([1])] });
  for (const [number, width, height] of [[1, 4000, 3000], [2, 12_000, 9000], [3, 20_000, 10], [4, 0, 0]] as const) {
    pictures_are(width, height);
    await files.fetch(number, 'image/png');
  }
  expect(Object.values(state().fetched).map(({ picture }) => picture)).toEqual([true, false, false, false]);
  expect(state().fetched[2]!.url).toMatch(/^blob:/);
});

test('a picture may be shown, anything else can only be saved', async () => {
  pictures_are(40, 30);
  const types: string[] = [];
  const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => (types.push((blob as Blob).type), 'blob:x'));
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  const { files, state } = made({ fetch_file: async () => [new Uint8Array([1])] });
  await files.fetch(1, 'image/png');
  await files.fetch(2, 'text/html');
  await files.fetch(3, 'image/svg+xml');
  expect(types).toEqual(['image/png', 'application/octet-stream', 'application/octet-stream']);
  expect(Object.values(state().fetched).map(({ picture }) => picture)).toEqual([true, false, false]);
  files.forget();
  expect(revoke).toHaveBeenCalledTimes(3);
  create.mockRestore();
  revoke.mockRestore();
});

test('what was on its way when everything was forgotten shows nothing, and no file of the next case follows it', async () => {
  const sent: string[] = [];
  let arrive = (): void => {};
  const arrived = () => new Promise<void>((resolve) => (arrive = resolve));
  const attach = async ({ name }: File) => (sent.push(name), await arrived(), {} as CaseView);
  const fetch_file = async () => (await arrived(), [new Uint8Array([1])]);
  const { files, state, views, forget } = made({ attach, fetch_file });
  files.choose([file_of('a'), file_of('b')]);
  const attaching = files.attach('talk', null);
  forget();
  files.choose([file_of('of the next case')]);
  arrive();
  expect(await attaching).toBe(false);
  expect(sent).toEqual(['a']);
  expect(views).toEqual([]);
  expect(state().chosen.map(({ name }) => name)).toEqual(['of the next case']);
  expect(state().attaching.status).toBe('idle');

  const fetching = files.fetch(1, 'image/png');
  forget();
  arrive();
  await fetching;
  expect(state()).toEqual(kNoFiles);
});

// A session of which every file waits until the test lets it arrive.
function slow() {
  const sent: { name: string; stays: () => boolean; arrive: () => void; fail: () => void }[] = [];
  const attach = ({ name }: File, { stays }: AttachHow) =>
    new Promise<null>((arrive, fail) => sent.push({ name, stays, arrive: () => arrive(null), fail: () => fail(new SessionError('refused', 'stopped')) }));
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  return { ...made({ attach }), sent, settle };
}

test('a file that is chosen while others go is not sent along, and nothing goes twice', async () => {
  const { files, state, sent, settle } = slow();
  files.choose([file_of('a')]);
  const first = files.attach('talk', null);
  files.choose([file_of('not looked at yet')]);
  expect(state().attaching.status).toBe('going');
  sent[0]!.arrive();
  expect(await first).toBe(true);
  expect(state().chosen.map(({ name }) => name)).toEqual(['not looked at yet']);
  expect(sent.map(({ name }) => name)).toEqual(['a']);

  const second = files.attach('talk', null);
  files.choose([file_of('b')]);
  expect(await files.attach('talk', null), 'asked for meanwhile: it goes behind the others').toBe(false);
  sent[1]!.arrive();
  await settle();
  sent[2]!.arrive();
  expect(await second).toBe(true);
  expect(sent.map(({ name }) => name)).toEqual(['a', 'not looked at yet', 'b']);
});

test('a file that was chosen after sending was asked for waits, also where words went first', async () => {
  const { files, state, sent } = slow();
  files.choose([file_of('a')]);
  const { chosen } = state();
  files.choose([file_of('not looked at yet')]);
  const going = files.attach('talk', null, chosen);
  sent[0]!.arrive();
  expect(await going).toBe(true);
  expect([sent.map(({ name }) => name), state().chosen.map(({ name }) => name)]).toEqual([['a'], ['not looked at yet']]);
});

test('a file that is taken off the list while it goes is stopped, the next one goes on, and nothing is said to have arrived', async () => {
  const { files, state, sent, settle } = slow();
  const [a, b] = [file_of('a'), file_of('b')];
  files.choose([a, b]);
  const going = files.attach('talk', null);
  expect(sent[0]!.stays()).toBe(true);
  files.remove(a);
  expect(sent[0]!.stays()).toBe(false);
  sent[0]!.fail();
  await settle();
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b']);
  files.remove(b);
  sent[1]!.fail();
  expect(await going).toBe(true);
  expect(state().attaching.status).toBe('idle');
});

test('a file that somebody draws over is not sent, is stopped where it goes, and goes when that is over', async () => {
  const { files, state, sent, settle, drawn_over } = slow();
  const [a, b] = [file_of('a'), file_of('b')];
  files.choose([a, b]);
  drawn_over.add(b);
  const going = files.attach('talk', null);
  drawn_over.add(a);
  expect(sent[0]!.stays()).toBe(false);
  drawn_over.delete(a);
  expect(sent[0]!.stays(), 'from its beginning, not from here').toBe(false);
  sent[0]!.fail();
  await settle();
  expect(sent.map(({ name }) => name)).toEqual(['a', 'a']);
  sent[1]!.arrive();
  expect(await going).toBe(true);
  expect(state().chosen).toEqual([b]);
  expect(await files.attach('talk', null)).toBe(false);
  drawn_over.delete(b);
  const after = files.attach('talk', null);
  sent[2]!.arrive();
  expect(await after).toBe(true);
  expect(state().chosen).toEqual([]);
});

test('a file goes as it was asked for while another one is on its way: covered after one that was seen, and the other way round', async () => {
  for (const first of [true, false]) {
    const hows: [string, boolean][] = [];
    let arrives = (): void => {};
    const attach = async ({ name }: File, { covered }: AttachHow) => {
      hows.push([name, covered]);
      if (name === 'a') await new Promise<void>((arrived) => (arrives = arrived));
      return null;
    };
    const { files, state } = made({ seconds_for: (sizes) => sizes.length * (kChoiceSecondsMin + 1), attach });
    files.choose([file_of('a')]);
    Object.assign(state(), { uncovered: first });
    const going = files.attach('talk', null);
    files.choose([file_of('b')]);
    Object.assign(state(), { uncovered: !first }); // thought better of
    expect(await files.attach('talk', null), 'it follows').toBe(false);
    arrives();
    expect(await going).toBe(true);
    expect(hows).toEqual([['a', !first], ['b', first]]);
  }
});

test('what was said of a file that did not arrive goes with it', async () => {
  const attach = async () => Promise.reject(new SessionError('unreachable', 'gone'));
  const { files, state } = made({ attach });
  files.choose([file_of('a')]);
  expect(await files.attach('talk', null)).toBe(false);
  expect(state().attaching.status).toBe('failed');
  files.remove(state().chosen[0]!);
  expect(state().attaching.status, 'there is nothing to try again').toBe('idle');
});
