// What a desk asks of the gateway beside its cases: missed terms, when people work, the handbook, one's own papers.
import { kMembersPerAvailabilityMax, kTagAvailabilitySignature, OperationKind, Status } from '../generated/rules.ts';
import type { Connection } from '../core/connection.ts';
import { concat, equal } from '../core/crypto/bytes.ts';
import { sha256 } from '../core/crypto/hash.ts';
import { good } from '../core/expected.ts';
import { fail, refusal, type Result } from '../core/errors.ts';
import type { Member } from '../core/identity.ts';
import {
  Availability, encodeAvailability, encodeAvailabilityContent, type AvailabilityContent,
} from '../core/protocol/availability.ts';
import {
  encodePublishAvailability, encodeReadAlerts, encodeReadAvailability, encodeReadPapers, encodeSealedPapers,
  parseAlertsPage, parseAvailabilities, parseSealedPapers, type RaisedAlert, type SealedPapers,
} from '../core/protocol/desk_operations.ts';
import { encodeReadDirectory, parseDirectoryPart } from '../core/protocol/directory_operations.ts';
import { parseHandbook, type Handbook } from '../core/protocol/handbook.ts';
import type { MemberId } from '../core/protocol/ids.ts';

const misfit = () => fail('verification', 'misfit', "the gateway's answer does not fit what was asked");

// Terms that were missed and not met yet, for whom the directory names; none for everybody else.
export async function fetch_alerts(connection: Connection, self: Member): Promise<Result<RaisedAlert[]>> {
  const alerts: RaisedAlert[] = [];
  for (let cursor: Uint8Array = new Uint8Array(0); ; ) {
    const body = await connection.call(OperationKind.alerts, encodeReadAlerts({ cursor }), self.signingKey);
    if (!body.ok) return body;
    const page = parseAlertsPage(body.value);
    if (page === undefined || (page.nextCursor.length > 0 && equal(page.nextCursor, cursor))) return misfit();
    alerts.push(...page.alerts);
    cursor = page.nextCursor;
    if (cursor.length === 0) return good(alerts);
  }
}

// What each of these people said last, checked; nothing for whoever said nothing, or nothing that holds.
export async function fetch_availability(
  connection: Connection,
  self: Member,
  ids: readonly MemberId[],
): Promise<Result<(Availability | undefined)[]>> {
  const found: (Availability | undefined)[] = [];
  for (let first = 0; first < ids.length; first += kMembersPerAvailabilityMax) {
    const memberIds = ids.slice(first, first + kMembersPerAvailabilityMax);
    const body = await connection.call(OperationKind.availability, encodeReadAvailability({ memberIds }), self.signingKey);
    if (!body.ok) return body;
    const answer = parseAvailabilities(body.value);
    if (answer?.statements.length !== memberIds.length) return misfit();
    for (const [at, statement] of answer.statements.entries()) {
      const said = statement.length > 0 ? await Availability.parse(statement, connection.directory, connection.today) : undefined;
      const theirs = said?.ok && equal(said.value.content.memberId, memberIds[at]!);
      found.push(theirs ? said.value : undefined);
    }
  }
  return good(found);
}

export async function publish_availability(
  connection: Connection,
  self: Member,
  said: Omit<AvailabilityContent, 'serviceId' | 'memberId'>,
): Promise<Result<unknown>> {
  const body = encodeAvailabilityContent({ ...said, serviceId: connection.service, memberId: self.memberId });
  const statement = encodeAvailability(body, await self.signingKey.sign(kTagAvailabilitySignature, body));
  return connection.call(OperationKind.publish_availability, encodePublishAvailability({ statement }), self.signingKey);
}

// The handbook that the directory names, whole and by its hash; nothing where it names none.
export async function fetch_handbook(connection: Connection): Promise<Result<Handbook | undefined>> {
  const hash = connection.directory.content.handbookHash;
  if (hash === undefined) return good(undefined);
  const parts: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const body = await connection.call(OperationKind.directory, encodeReadDirectory({ hash, offset }));
    if (!body.ok) return body;
    const part = parseDirectoryPart(body.value);
    if (part === undefined || part.bytes.length === 0 || !equal(part.hash, hash)) return misfit();
    parts.push(part.bytes.slice());
    offset += part.bytes.length;
    if (offset < part.total) continue;
    const bytes = concat(...parts);
    const book = equal(sha256(bytes), hash) ? parseHandbook(bytes) : undefined;
    return book ? good(book) : misfit();
  }
}

export async function fetch_papers(connection: Connection, self: Member): Promise<Result<SealedPapers>> {
  const body = await connection.call(OperationKind.papers, encodeReadPapers(), self.signingKey);
  if (!body.ok) return body;
  const papers = parseSealedPapers(body.value);
  return papers ? good(papers) : misfit();
}
// False: another browser put some meanwhile.
export async function put_papers(connection: Connection, self: Member, papers: SealedPapers): Promise<Result<boolean>> {
  const call = { kind: OperationKind.put_papers, body: encodeSealedPapers(papers) };
  const answer = await connection.submit([call], self.signingKey);
  if (!answer.ok) return answer;
  const { status } = answer.value[0]!;
  if (status === Status.stale_head) return good(false);
  return status === Status.done ? good(true) : { ok: false, error: refusal(status) };
}
