// The keys of people, as the gateway shows them: taken only when the person themselves vouches for them.

import { kMembersPerKeysMax, OperationKind } from '../generated/rules.ts';
import { keyWasReplaced } from './changed_key.ts';
import type { Connection } from './connection.ts';
import { equal } from './crypto/bytes.ts';
import { xwingEncapsulate, type XWingPublicKey } from './crypto/xwing.ts';
import { fail, type Result } from './errors.ts';
import { done, good } from './expected.ts';
import { Certificate } from './protocol/certificate.ts';
import { encodeKeys, parseCertificates } from './protocol/directory_operations.ts';
import type { MemberId } from './protocol/ids.ts';

// Somebody may vouch for bytes that nothing can be sealed to. Unnoticed, nobody else could be let out of a case that
// they are in: who stays needs the next keys.
const isKey = (key: XWingPublicKey): boolean => xwingEncapsulate(key, { fill: () => {} }).ok;

// The newest checked certificate of each person; an error names the person without a valid one. With `evenLapsed` one
// that has run out will do, and is still the newest: for those who read already. For who comes in, it is an error too
// when their signing key was openly replaced since they were offered: nobody chose them as somebody whose key "changed
// on (day)" (protocol §4).
export async function fetchCertificates(
  connection: Connection,
  ids: readonly MemberId[],
  evenLapsed = false,
): Promise<Result<Certificate[]>> {
  const found: Certificate[] = [];
  for (let first = 0; first < ids.length; first += kMembersPerKeysMax) {
    const memberIds = ids.slice(first, first + kMembersPerKeysMax);
    const body = await connection.call(OperationKind.keys, encodeKeys({ memberIds }));
    if (!body.ok) return body;
    // Under an older one, a key that is somebody's by now would look like a false one.
    const refreshed = evenLapsed ? done : await connection.refreshDirectory();
    if (!refreshed.ok) return refreshed;
    const { directory, today, work } = connection;
    const answer = parseCertificates(body.value);
    if (answer?.certificates.length !== memberIds.length)
      return fail('verification', 'misfit', "the gateway's list of keys does not fit what was asked");
    for (const [i, id] of memberIds.entries()) {
      const parsed = await work(() => Certificate.parse(answer.certificates[i]!, directory, today, true));
      const certificate = parsed.ok && equal(parsed.value.content.memberId, id) ? parsed.value : undefined;
      const person = directory.person(id);
      const name = person?.name ?? 'somebody';
      if (!certificate || !(await work(() => isKey(certificate.content.xwingKey)))) {
        const said = `the key the gateway shows for ${name} is none that ${name} vouches for; nothing was sent`;
        return fail('verification', 'key not vouched for', said, name);
      }
      const before = evenLapsed ? undefined : connection.offered?.person(id);
      if (before && person && keyWasReplaced(before, person)) {
        const said = `the signing key of ${name} was replaced since you chose them: look again; nothing was sent`;
        return fail('refused', 'key replaced', said, name);
      }
      if (!evenLapsed && today > certificate.content.lastDay) {
        const said = `the key of ${name} has run out: ${name} has to publish a new one first; nothing was sent`;
        return fail('refused', 'key lapsed', said, name);
      }
      found.push(certificate);
    }
  }
  return good(found);
}
