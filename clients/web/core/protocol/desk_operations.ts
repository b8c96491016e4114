// The operations of a desk: missed terms, when people work, a member's own papers. As in operations.ts, each has one
// encoding; parsing gives it back, or nothing.

import { kMembersPerAvailabilityMax, kPapersBytesMax, type LegalClock } from '../../generated/rules.ts';
import {
  AlertsBodySchema,
  AlertsPageBodySchema,
  AvailabilitiesBodySchema,
  AvailabilityReadBodySchema,
  PapersBodySchema,
  PublishAvailabilityBodySchema,
} from '../../generated/wire.ts';
import { Handle, MemberId, type Day } from './ids.ts';
import { countOf, encode, parse } from './strict.ts';

export interface ReadAlerts {
  readonly cursor: Uint8Array;
}
// A missed term that is not met yet (alerts.ts), and nothing else of its case.
export interface RaisedAlert {
  readonly handle: Handle;
  readonly unitId: number;
  readonly clock: LegalClock;
  readonly dueDay: Day;
  readonly furtherDay: Day;
}
export interface AlertsPage {
  readonly alerts: readonly RaisedAlert[];
  readonly nextCursor: Uint8Array;
}

export interface ReadAvailability {
  readonly memberIds: readonly MemberId[]; // at most members_per_availability_max
}
export interface Availabilities {
  readonly statements: readonly Uint8Array[]; // one for each asked; empty where there is none
}
export interface PublishAvailability {
  readonly statement: Uint8Array;
}

// As read, and as put in place of the number before.
export interface SealedPapers {
  readonly number: number; // 0: nothing is kept yet
  readonly sealed: Uint8Array; // at most papers_bytes_max
}

export const encodeReadAlerts = ({ cursor }: ReadAlerts): Uint8Array => encode(AlertsBodySchema, { cursor });
export function parseReadAlerts(bytes: Uint8Array): ReadAlerts | undefined {
  const message = parse(AlertsBodySchema, bytes);
  return message && { cursor: message.cursor.slice() };
}

export const encodeAlertsPage = ({ alerts, nextCursor }: AlertsPage): Uint8Array =>
  encode(AlertsPageBodySchema, { alerts: alerts.map((alert) => ({ ...alert })), nextCursor });
export function parseAlertsPage(bytes: Uint8Array): AlertsPage | undefined {
  const message = parse(AlertsPageBodySchema, bytes);
  const handles = message?.alerts.map(({ handle }) => Handle.from(handle));
  if (message === undefined || handles === undefined || handles.includes(undefined)) return undefined;
  const alerts = message.alerts.map(({ unitId, clock, dueDay, furtherDay }, i) => ({
    handle: handles[i]!,
    unitId,
    clock: clock as LegalClock,
    dueDay,
    furtherDay,
  }));
  return { alerts, nextCursor: message.nextCursor.slice() };
}

export const encodeReadAvailability = ({ memberIds }: ReadAvailability): Uint8Array =>
  encode(AvailabilityReadBodySchema, { memberIds: [...memberIds] });
export function parseReadAvailability(bytes: Uint8Array): ReadAvailability | undefined {
  const message = parse(AvailabilityReadBodySchema, bytes);
  const memberIds = message?.memberIds.map((id) => MemberId.from(id));
  if (!memberIds || memberIds.length > kMembersPerAvailabilityMax || memberIds.includes(undefined)) return undefined;
  return { memberIds: memberIds as MemberId[] };
}

export const encodeAvailabilities = ({ statements }: Availabilities): Uint8Array =>
  encode(AvailabilitiesBodySchema, { statements: [...statements] });
export function parseAvailabilities(bytes: Uint8Array): Availabilities | undefined {
  const message = parse(AvailabilitiesBodySchema, bytes);
  return message && { statements: message.statements.map((statement) => statement.slice()) };
}

export const encodePublishAvailability = ({ statement }: PublishAvailability): Uint8Array =>
  encode(PublishAvailabilityBodySchema, { statement });
export function parsePublishAvailability(bytes: Uint8Array): PublishAvailability | undefined {
  const message = parse(PublishAvailabilityBodySchema, bytes);
  return message && { statement: message.statement.slice() };
}

export const encodeReadPapers = (): Uint8Array => new Uint8Array(0);

export const encodeSealedPapers = ({ number, sealed }: SealedPapers): Uint8Array =>
  encode(PapersBodySchema, { number: BigInt(number), sealed });
export function parseSealedPapers(bytes: Uint8Array): SealedPapers | undefined {
  const message = parse(PapersBodySchema, bytes);
  const number = message && countOf(message.number);
  if (message === undefined || number === undefined || message.sealed.length > kPapersBytesMax) return undefined;
  return { number, sealed: message.sealed.slice() };
}
