// When somebody works, said by themself (decisions/0020): signed by their signing key, so that it changes without the
// root's ceremony, and replaced by whatever they say later.

import { kSuite, kTagAvailabilitySignature } from '../../generated/rules.ts';
import { AvailabilityBodySchema, AvailabilitySchema } from '../../generated/wire.ts';
import { equal } from '../crypto/bytes.ts';
import { Signature, verify } from '../crypto/signature.ts';
import { bad, good, type Expected } from '../expected.ts';
import { kEveryDayOfAWeek } from './calendar.ts';
import { isGone, signingKeyOf, type Directory, type Person } from './directory.ts';
import { MemberId, ServiceId, type Day } from './ids.ts';
import { encode, parse } from './strict.ts';

const kNothing = new Uint8Array(0);

export interface AvailabilityContent {
  readonly serviceId: ServiceId;
  readonly memberId: MemberId;
  readonly number: number; // from 1; the highest wins
  readonly saidDay: Day;
  readonly workingDays: number; // a mask, see worksOn()
  readonly awayFromDay: Day; // first and last day away; both 0: not away
  readonly awayUntilDay: Day;
  readonly standIn: MemberId | undefined;
}

export type AvailabilityError =
  | 'malformed'
  | 'newer version'
  | 'other organisation'
  | 'stranger' // not a member of the directory, or gone
  | 'signature' // not by that member's signing key
  | 'invalid'; // away until before it began; days of a week that are none; their own stand-in

// What the member signs.
export function encodeAvailabilityContent(content: AvailabilityContent): Uint8Array {
  return encode(AvailabilityBodySchema, { suite: kSuite, ...content, standIn: content.standIn ?? kNothing });
}
export function encodeAvailability(body: Uint8Array, signature: Signature): Uint8Array {
  return encode(AvailabilitySchema, { body, signature });
}

function takeContent(bytes: Uint8Array): Expected<AvailabilityContent, AvailabilityError> {
  const body = parse(AvailabilityBodySchema, bytes);
  if (body === undefined) return bad('malformed');
  if (body.suite !== kSuite) return bad('newer version');
  const serviceId = ServiceId.from(body.serviceId);
  const memberId = MemberId.from(body.memberId);
  const standIn = MemberId.from(body.standIn);
  if (!serviceId || !memberId || body.number === 0) return bad('malformed');
  if (body.standIn.length > 0 && standIn === undefined) return bad('malformed');
  const { number, saidDay, workingDays, awayFromDay, awayUntilDay } = body;
  return good({ serviceId, memberId, number, saidDay, workingDays, awayFromDay, awayUntilDay, standIn });
}

const holds = ({ workingDays, memberId, standIn, awayFromDay, awayUntilDay }: AvailabilityContent): boolean =>
  workingDays <= kEveryDayOfAWeek &&
  (standIn === undefined || !equal(standIn, memberId)) &&
  (awayUntilDay !== 0) === (awayFromDay !== 0) &&
  awayFromDay <= awayUntilDay;

// A statement whose signature was checked against the directory.
export class Availability {
  private constructor(
    readonly content: AvailabilityContent,
    readonly bytes: Uint8Array,
  ) {}

  static async parse(
    bytes: Uint8Array,
    directory: Directory,
    today: Day,
  ): Promise<Expected<Availability, AvailabilityError>> {
    const outer = parse(AvailabilitySchema, bytes);
    const signature = outer && Signature.from(outer.signature);
    if (outer === undefined || signature === undefined) return bad('malformed');
    const content = takeContent(outer.body);
    if (!content.ok) return content;
    if (!equal(content.value.serviceId, directory.service)) return bad('other organisation');
    const person = directory.person(content.value.memberId);
    if (person === undefined || isGone(person, today)) return bad('stranger');
    if (!(await verify(signingKeyOf(person), kTagAvailabilitySignature, outer.body, signature)))
      return bad('signature');
    if (!holds(content.value)) return bad('invalid');
    return good(new Availability(content.value, bytes.slice()));
  }
}

// What counts for a person today: what they said last, or what the directory says.
export interface Presence {
  readonly workingDays: number;
  readonly awayUntilDay: Day; // their last day away, today or later; 0: not away today
  readonly awayFromDay: Day; // the first day of a leave that is still to come; 0: none
  readonly standIn: MemberId | undefined; // who is still here
}

export function presenceOf(
  person: Person,
  said: Availability | undefined,
  directory: Directory,
  today: Day,
): Presence {
  const { workingDays, standIn } = said?.content ?? person;
  const { awayFromDay, awayUntilDay } = said?.content ?? { awayFromDay: 0, awayUntilDay: 0 };
  const colleague = standIn && directory.person(standIn);
  return {
    workingDays,
    awayUntilDay: awayFromDay <= today && today <= awayUntilDay ? awayUntilDay : 0,
    awayFromDay: today < awayFromDay ? awayFromDay : 0,
    standIn: colleague !== undefined && !isGone(colleague, today) ? standIn : undefined,
  };
}
