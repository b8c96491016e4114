// What somebody spoke is there when they come back, wherever they looked meanwhile; or it is said that it is not.
import { beforeEach, expect, test, vi } from 'vitest';
import { Files, kNoFiles, type FilesState } from '../../reporter/files.ts';
import { Preparing, type Prepared } from '../../reporter/preparing.ts';
import { Recording, type Phase } from '../../reporter/recording.ts';
import type { Session } from '../../reporter/session.ts';

// A microphone that hears a second at once, and a disguise that takes until the test lets it end.
let [cancelled, ends] = [0, [] as ((error?: Error) => void)[]];
vi.mock('../../voice/recorder.ts', () => ({
  Recorder: { start: async () => ({ seconds: () => 1, cancel: () => (cancelled += 1), stop: async () => new Float32Array([1]) }) },
}));
vi.mock('../../voice/disguise.ts', () => ({
  draw_disguise: () => ({}),
  disguise: (voice: Float32Array) => new Promise((come, fail) => ends.push((error) => (error ? fail(error) : come(voice)))),
}));
vi.mock('../../voice/voice_file.ts', () => ({ voice_wav: async () => new Uint8Array([1]) }));
beforeEach(() => void ([cancelled, ends] = [0, []]));

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
function at_the_screen() {
  let state: FilesState = kNoFiles;
  let prepared: readonly Prepared[] = [];
  const files = new Files({ seconds_for: () => 0 } as unknown as Session, {
    files: () => state, set_files: (change) => (state = { ...state, ...change }), set_view: () => {}, is_covering: () => false,
  });
  const in_turn: Session['in_turn'] = async (piece) => piece();
  const preparing = new Preparing(files, { prepared: () => prepared, set_prepared: (now) => (prepared = now), in_turn });
  const phases: Phase[] = [];
  const recording = new Recording(preparing, in_turn, (phase) => phases.push(phase));
  const listed = () => prepared.map(({ sent, trouble }) => [sent?.name, trouble]);
  return { preparing, recording, phases, listed, sent: () => state.chosen.map(({ name }) => name) };
}
const kNames = ['recording-1.wav'];

test('what is being disguised goes on when somebody looks elsewhere, and waits among the files', async () => {
  const { preparing, recording, listed, sent } = at_the_screen();
  await recording.start(() => {});
  void recording.stop();
  await settle();
  recording.leave();
  expect([listed(), preparing.undecided()], 'nobody goes on past it').toEqual([[[undefined, null]], true]);
  ends[0]!();
  await settle();
  expect([listed(), sent(), preparing.undecided()]).toEqual([[[kNames[0], null]], kNames, false]);
});

test('who looks elsewhere while speaking ends the recording, and does not lose it', async () => {
  const { recording, sent } = at_the_screen();
  await recording.start(() => {});
  recording.leave();
  await settle();
  ends[0]!();
  await settle();
  expect([sent(), cancelled]).toEqual([kNames, 0]);
});

test('what could not be disguised is said to be lost, also to who looked elsewhere', async () => {
  for (const elsewhere of [false, true]) {
    const { preparing, recording, phases, listed } = at_the_screen();
    await recording.start(() => {});
    void recording.stop();
    await settle();
    if (elsewhere) recording.leave();
    ends.shift()!(new Error('no memory'));
    await settle();
    if (elsewhere) expect([listed(), preparing.undecided()]).toEqual([[[undefined, 'broken']], true]);
    else expect([phases.at(-1), preparing.undecided()]).toEqual(['refused', false]);
  }
});

test('what was heard and neither taken nor thrown away waits among the files; what was thrown away does not', async () => {
  for (const thrown of [false, true]) {
    const { recording, phases, sent } = at_the_screen();
    await recording.start(() => {});
    void recording.stop();
    await settle();
    ends.shift()!();
    await settle();
    expect(phases.at(-1)).toBe('done');
    if (thrown) recording.drop();
    recording.leave();
    await settle();
    expect(sent()).toEqual(thrown ? [] : kNames);
  }
});

test('whoever forgot everything is recorded no longer, and nothing of it comes back', async () => {
  for (const stopped of [false, true]) {
    const { preparing, recording, sent } = at_the_screen();
    await recording.start(() => {});
    if (stopped) void recording.stop();
    await settle();
    preparing.forget();
    recording.leave();
    ends.shift()?.();
    await settle();
    expect([sent(), cancelled]).toEqual([[], 1]);
  }
});
