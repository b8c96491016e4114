// Files of the open case: each is shown as itself, whatever else somebody may read by then.
import { expect, test } from 'vitest';
import type { FoundFile } from '../../core/attached_files.ts';
import type { OpenedCase } from '../../core/case_log.ts';
import type { Controller } from '../../desk/controller.ts';
import type { DeskSession } from '../../desk/session.ts';
import { Shelf } from '../../desk/shelf.ts';

// The n-th that somebody may read, of the entry `seq`.
const found = (number: number, seq: number, name: string): FoundFile =>
  ({ number, numberInEntry: 1, entry: { entry: { header: { seq } } }, file: { name } }) as unknown as FoundFile;

test('a file keeps its place when an earlier one can be read, too', async () => {
  const session = { fetch_file: async () => [new TextEncoder().encode('the talk')] };
  const app = { run: (_: string, doing: (work: object) => Promise<void>) => doing({ progress: () => {} }).then(() => true) };
  const shelf = new Shelf(session as unknown as DeskSession, app as unknown as Controller);
  await shelf.fetch(found(1, 9, 'talk.txt'), {} as OpenedCase);
  expect(shelf.get(found(1, 4, 'story.txt'))).toBeUndefined();
  expect(shelf.get(found(2, 9, 'talk.txt'))).toMatchObject({ name: 'talk.txt', text: 'the talk' });
});
