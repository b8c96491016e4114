// When somebody's signing key became one that nothing but the organisation's root vouches for.

import { equal } from './crypto/bytes.ts';
import { signingKeyOf, type Person } from './protocol/directory.ts';
import type { Day } from './protocol/ids.ts';

// The last day on which their key became one that the key before it did not sign: people are shown "changed on (day)"
// (protocol §4). However many were vouched for since, because whoever holds a false key can sign the next one. 0:
// never.
export const keyChangedDay = ({ signingKeys: [, ...later] }: Person): Day =>
  later.findLast(({ signedByPrevious }) => signedByPrevious === undefined)?.fromDay ?? 0;

// Whether the key of `before` has a successor that it did not sign, or stands there no more.
export function keyWasReplaced(before: Person, now: Person): boolean {
  const at = now.signingKeys.findIndex(({ key }) => equal(key, signingKeyOf(before)));
  return now.signingKeys.slice(at + 1).some(({ signedByPrevious }) => signedByPrevious === undefined);
}
