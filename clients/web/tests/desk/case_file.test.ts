// What leaves with the file of a case.
import { expect, test } from 'vitest';

import { Digest } from '../../core/crypto/hash.ts';
import { FileKey, streamChunks } from '../../core/crypto/stream.ts';
import type { Event } from '../../core/event.ts';
import { UploadId } from '../../core/protocol/ids.ts';
import { files_of, without } from '../../desk/case_file.ts';
import { identity, LeadTest, story } from '../lead/fixture.ts';

test('who the reporter is stays behind, and so do the files that say it', async () => {
  const it = await LeadTest.open({ identityTold: 'My name is Noor.' });
  const file = (name: string): Event => {
    const uploadId = UploadId.random(it.random);
    const rest = { size: 1, sha256: Digest.zeros(), uploadId, chunks: streamChunks(1), key: FileKey.random(it.random) };
    return { kind: 'attachment', files: [{ name, mediaType: 'image/jpeg', ...rest }] };
  };
  await it.did(it.owner, (addition) => addition.tell(identity, file('passport.jpg')));
  await it.did(it.owner, (addition) => addition.tell(story, file('letter.jpg')));
  const opened = await it.opened(it.member('mieke'));
  const fetched: string[] = [];
  const fetch = async ({ file: { name } }: { file: { name: string } }) => (fetched.push(name), []);
  await files_of(opened, fetch);
  expect(fetched).toEqual(['passport.jpg', 'letter.jpg']);
  fetched.length = 0;
  await files_of(without(opened, [identity]), fetch);
  expect(fetched).toEqual(['letter.jpg']);
});
