// Missed terms, for whom the directory names (protocol/alerts.ts).

import { OperationKind } from '../../generated/rules.ts';
import type { Connection } from '../connection.ts';
import { compare, equal } from '../crypto/bytes.ts';
import { fail, type Result } from '../errors.ts';
import { good } from '../expected.ts';
import type { Identity } from '../identity.ts';
import { encodeReadAlerts, parseAlertsPage, type RaisedAlert } from '../protocol/desk_operations.ts';

// All there are, what is due longest first. 'no such case': not for this person.
export async function fetchAlerts(connection: Connection, self: Identity): Promise<Result<RaisedAlert[]>> {
  const alerts: RaisedAlert[] = [];
  let cursor: Uint8Array = new Uint8Array(0);
  do {
    const body = await connection.call(OperationKind.alerts, encodeReadAlerts({ cursor }), self.signingKey);
    if (!body.ok) return body;
    const page = parseAlertsPage(body.value);
    if (page === undefined || (page.nextCursor.length > 0 && equal(page.nextCursor, cursor)))
      return fail('verification', 'misfit', "the gateway's list of alerts does not fit together");
    alerts.push(...page.alerts);
    cursor = page.nextCursor;
  } while (cursor.length > 0);
  return good(alerts.sort((a, b) => a.dueDay - b.dueDay || compare(a.handle, b.handle) || a.clock - b.clock));
}
