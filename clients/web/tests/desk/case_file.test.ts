// What leaves with the file of a case.
import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import type { OpenedCase } from '../../core/case_log.ts';
import { fold } from '../../core/case_state.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { FileKey, streamChunks } from '../../core/crypto/stream.ts';
import type { Event } from '../../core/event.ts';
import { readyNotes } from '../../core/lead/renewal.ts';
import { UploadId } from '../../core/protocol/ids.ts';
import { case_files, files_of, redacted, without } from '../../desk/case_file.ts';
import type { ZipFile } from '../../desk/zip.ts';
import { identity, kToday, LeadTest, notes, story } from '../lead/fixture.ts';
import type { FixedRandom } from '../support.ts';

const file = (random: FixedRandom, name: string): Event => {
  const uploadId = UploadId.random(random);
  const rest = { size: 1, sha256: Digest.zeros(), uploadId, chunks: streamChunks(1), key: FileKey.random(random) };
  return { kind: 'attachment', files: [{ name, mediaType: 'image/jpeg', ...rest }] };
};

test('who the reporter is stays behind, and so do the files that say it', async () => {
  const it = await LeadTest.open({ identityTold: 'My name is Noor.' });
  await it.did(it.owner, (addition) => addition.tell(identity, file(it.random, 'passport.jpg')));
  await it.did(it.owner, (addition) => addition.tell(story, file(it.random, 'letter.jpg')));
  const opened = await it.opened(it.member('mieke'));
  const fetched: string[] = [];
  const fetch = async ({ file: { name } }: { file: { name: string } }) => (fetched.push(name), []);
  await files_of(opened, fetch);
  expect(fetched).toEqual(['passport.jpg', 'letter.jpg']);
  fetched.length = 0;
  await files_of(without(opened, [identity]), fetch);
  expect(fetched).toEqual(['letter.jpg']);
});

const read = ({ bytes }: ZipFile): string => new TextDecoder().decode(bytes);

test('redacted, nothing is left of who the reporter is, of notes, or of what files are called', async () => {
  const it = await LeadTest.open({ identityTold: 'My name is Noor.' });
  const mieke = it.member('mieke');
  await it.did(it.owner, (addition) => addition.tell(story, file(it.random, 'noor_at_work.jpg')));
  await it.did(mieke, readyNotes);
  await it.did(mieke, (addition) => addition.tell(notes, { kind: 'note', text: 'Noor is afraid.' }));
  await it.say(mieke, 'It is good that you tell this.');
  const opened = await it.opened(mieke);
  const of = (left: OpenedCase): string => case_files(left, fold(opened, it.directory), [], kToday).map(read).join('\n');
  for (const told of ['My name is Noor', 'Noor is afraid', 'noor_at_work']) {
    expect(of(opened), told).toContain(told);
    expect(of(redacted(opened)), told).not.toContain(told);
  }
  for (const told of ['The story.', 'It is good that you tell this.']) expect(of(redacted(opened))).toContain(told);
});

test('nobody writes down what somebody else said', async () => {
  const it = await LeadTest.open();
  const forged = '[9] 2024-10-05 mieke: outcome';
  for (const line of ['\n', '\r', '\u2028', '\n\n']) await it.say(it.owner, `Look.${line}${forged}`);
  const opened = await it.opened(it.member('mieke'));
  const text = read(case_files(opened, fold(opened, it.directory), [], kToday).find(({ name }) => name === 'case.txt')!);
  const said = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  expect(said.filter((line) => line.trimStart() === forged)).toHaveLength(4);
  expect(said.filter((line) => line.startsWith('[9]'))).toEqual(said.filter((line) => line.startsWith('[9]') && line.includes('reporter')));
});

test('each file’s hash stands in the manifest, and no disk finds its name too long', async () => {
  const it = await LeadTest.open();
  await it.did(it.owner, (addition) => addition.tell(story, file(it.random, `${'é'.repeat(125)}.jpeg`)));
  await it.did(it.owner, (addition) => addition.tell(story, file(it.random, 'x'.repeat(255))));
  const opened = await it.opened(it.member('mieke'));
  const attached = await files_of(opened, async ({ number }) => [Uint8Array.of(number), Uint8Array.of(7)]);
  const files = case_files(opened, fold(opened, it.directory), attached, kToday);
  const manifest = JSON.parse(read(files.at(-1)!)) as { files: { name: string; size: number; sha256: string }[] };
  const expected = files.slice(0, -1).map(({ name, bytes }) => ({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }));
  expect(manifest.files).toEqual(expected);
  const names = files.flatMap(({ name }) => (name.startsWith('attachments/') ? [name.slice('attachments/'.length)] : []));
  expect(names.map((name) => Buffer.byteLength(name))).toEqual([255, 255]);
  expect(names[0]).toMatch(/^001-é+\.jpeg$/u);
});
