// When people work: what they said, and how one says it (protocol/availability.ts).

import { kMembersPerAvailabilityMax, kTagAvailabilitySignature, OperationKind } from '../../generated/rules.ts';
import type { Connection } from '../connection.ts';
import { equal, toHex } from '../crypto/bytes.ts';
import { fail, type Result } from '../errors.ts';
import { good } from '../expected.ts';
import type { Member } from '../identity.ts';
import {
  Availability,
  encodeAvailability,
  encodeAvailabilityContent,
  presenceOf,
  type AvailabilityContent,
  type Presence,
} from '../protocol/availability.ts';
import { encodePublishAvailability, encodeReadAvailability, parseAvailabilities } from '../protocol/desk_operations.ts';
import type { MemberId } from '../protocol/ids.ts';

// What these people said last, checked, by id in hexadecimal; who said nothing is not in it. A statement that does not
// check out counts for nothing.
export async function fetchAvailability(
  connection: Connection,
  members: readonly MemberId[],
): Promise<Result<Map<string, Availability>>> {
  const found = new Map<string, Availability>();
  for (let first = 0; first < members.length; first += kMembersPerAvailabilityMax) {
    const memberIds = members.slice(first, first + kMembersPerAvailabilityMax);
    const body = await connection.call(OperationKind.availability, encodeReadAvailability({ memberIds }));
    if (!body.ok) return body;
    const answer = parseAvailabilities(body.value);
    if (answer?.statements.length !== memberIds.length)
      return fail('verification', 'misfit', "the gateway's answer does not fit what was asked");
    for (const [i, id] of memberIds.entries()) {
      const parse = () => Availability.parse(answer.statements[i]!, connection.directory, connection.today);
      const said = await connection.work(parse);
      if (said.ok && equal(said.value.content.memberId, id)) found.set(toHex(id), said.value);
    }
  }
  return good(found);
}

// What counts today for these people of the directory, by id in hexadecimal.
export async function fetchPresences(
  connection: Connection,
  members: readonly MemberId[],
): Promise<Result<Map<string, Presence>>> {
  const said = await fetchAvailability(connection, members);
  if (!said.ok) return said;
  const presences = new Map<string, Presence>();
  for (const id of members) {
    const person = connection.directory.person(id);
    if (person === undefined) continue;
    const key = toHex(id);
    presences.set(key, presenceOf(person, said.value.get(key), connection.directory, connection.today));
  }
  return good(presences);
}

// What one says oneself; the rest is filled in.
export type AvailabilitySaid = Pick<AvailabilityContent, 'workingDays' | 'awayFromDay' | 'awayUntilDay' | 'standIn'>;

// Says something else from today on: `change` is given what counts now.
export async function sayAvailability(
  connection: Connection,
  self: Member,
  change: (now: AvailabilitySaid) => AvailabilitySaid,
): Promise<Result<AvailabilityContent>> {
  const known = await fetchAvailability(connection, [self.memberId]);
  if (!known.ok) return known;
  const said = known.value.get(toHex(self.memberId))?.content;
  const person = connection.directory.person(self.memberId);
  const now = said ?? {
    workingDays: person?.workingDays ?? 0,
    awayFromDay: 0,
    awayUntilDay: 0,
    standIn: person?.standIn,
  };
  const { workingDays, awayFromDay, awayUntilDay, standIn } = change(now);
  const content: AvailabilityContent = {
    serviceId: connection.service,
    memberId: self.memberId,
    number: (said?.number ?? 0) + 1,
    saidDay: connection.today,
    workingDays,
    awayFromDay,
    awayUntilDay,
    standIn,
  };
  const body = encodeAvailabilityContent(content);
  const statement = encodeAvailability(body, await self.signingKey.sign(kTagAvailabilitySignature, body));
  const checked = await Availability.parse(statement, connection.directory, connection.today);
  if (!checked.ok) return fail('bad input', 'malformed', 'a leave ends on the day it begins, or later');
  const published = await connection.call(
    OperationKind.publish_availability,
    encodePublishAvailability({ statement }),
    self.signingKey,
  );
  return published.ok ? good(content) : published;
}
