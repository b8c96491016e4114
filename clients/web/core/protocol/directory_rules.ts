// What a directory must hold to besides its signature.

import {
  kFeedbackMonthsMax,
  kRetentionDaysMax,
  kTagSigningKeySuccession,
  kTermDaysMax,
  Position,
  Role,
} from '../../generated/rules.ts';
import { compare, equal, toHex } from '../crypto/bytes.ts';
import { verify } from '../crypto/signature.ts';
import { kEveryDayOfAWeek } from './calendar.ts';
import { goodKey, successionBytes, type DirectoryContent, type Person } from './directory.ts';
import type { ServiceId } from './ids.ts';

// From the day that somebody leaves, or that a key is replaced, so many days are good for entries that name an earlier
// version: until a gateway has the new one, nobody can name it. A week holds the way from the offline machine to the
// gateway, with a weekend and a holiday in it.
export const kDirectoryGraceDays = 7;

export async function contentHolds(content: DirectoryContent, service: ServiceId): Promise<boolean> {
  const { units, terms, version } = content;
  return (
    units.every((unit, i) => unit.id > (units[i - 1]?.id ?? 0)) &&
    allDiffer(units.map((unit) => unit.name)) &&
    version > 0 &&
    content.previousHashes.length === version - 1 &&
    // Terms of some length, and none so long that a slip of units alone explains it.
    Math.min(terms.acknowledgeDays, terms.feedbackMonths, terms.retentionDays) > 0 &&
    Math.max(terms.acknowledgeDays, terms.silenceDays, terms.furtherDays) <= kTermDaysMax &&
    terms.feedbackMonths <= kFeedbackMonthsMax &&
    terms.retentionDays <= kRetentionDaysMax &&
    ascends(content.alertRoles) &&
    ascends(content.furtherAlertRoles) &&
    ascends(content.sensitiveSteps) &&
    content.sensitiveSteps.every(goodKey) &&
    (await peopleHold(content, service))
  );
}

// Each after the one before it, so that there is one way to write a set. (Keys are ASCII: both orders agree.)
const ascends = <T extends number | string>(list: readonly T[]): boolean =>
  list.every((one, i) => i === 0 || list[i - 1]! < one);

const allDiffer = (names: readonly string[]): boolean => new Set(names).size === names.length;

async function peopleHold({ people, units }: DirectoryContent, service: ServiceId): Promise<boolean> {
  const memberIds = new Set(people.map((person) => toHex(person.memberId)));
  const here = people.filter((person) => person.leftDay === 0);
  const keys = people.flatMap((person) => person.signingKeys.map((entry) => toHex(entry.key)));
  const holds =
    people.every(
      (person, i) =>
        (i === 0 || compare(people[i - 1]!.memberId, person.memberId) < 0) &&
        // Who is shown beside people's names and is none of them is nobody's name, in whatever letters: `unknown` is a
        // key's that is nobody's. Of those who left, too: what they wrote stands under their name.
        !/^(|reporter|gateway|unknown)$/i.test(person.name) &&
        // Nobody with a managing or HR role can be offered to reporters (design §9).
        (!isAdviser(person.role) || person.position === Position.none) &&
        units.some((unit) => unit.id === person.unitId) &&
        presenceHolds(person, memberIds),
    ) &&
    allDiffer(here.map((person) => person.name)) &&
    allDiffer(keys);
  if (!holds) return false;
  for (const person of people) if (!(await keysHold(person, service))) return false;
  return true;
}

// A stand-in is a colleague, who may have left meanwhile.
const presenceHolds = ({ memberId, workingDays, standIn }: Person, memberIds: ReadonlySet<string>): boolean =>
  workingDays <= kEveryDayOfAWeek &&
  (standIn === undefined || (!equal(standIn, memberId) && memberIds.has(toHex(standIn))));

const isAdviser = (role: Role): boolean => role === Role.adviser || role === Role.stand_in;

// Keys in order, each either vouched for by the one before or openly not.
async function keysHold(person: Person, service: ServiceId): Promise<boolean> {
  const [first, ...later] = person.signingKeys;
  if (first === undefined || first.signedByPrevious !== undefined) return false;
  let before = first;
  for (const entry of later) {
    if (entry.fromDay < before.fromDay) return false;
    const said = successionBytes(service, person.memberId, entry.key, entry.fromDay);
    if (entry.signedByPrevious && !(await verify(before.key, kTagSigningKeySuccession, said, entry.signedByPrevious)))
      return false;
    before = entry;
  }
  return true;
}
