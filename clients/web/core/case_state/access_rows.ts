// Who is let in, since when, to what.

import type { Compartment } from '../../generated/rules.ts';
import type { Access, LiveGrant } from '../protocol/access.ts';
import type { Directory } from '../protocol/directory.ts';
import type { Day, MemberId } from '../protocol/ids.ts';

export interface AccessRow {
  readonly memberId: MemberId;
  readonly name: string;
  readonly compartments: readonly Compartment[];
  readonly sinceDay: Day;
  readonly dormant: boolean;
  readonly holder: boolean;
}

// One row for each grant, in the order they were given.
export const accessRows = (access: Access, directory: Directory): AccessRow[] =>
  access.grants.map((grant) => rowOf(grant, directory));

function rowOf(grant: LiveGrant, directory: Directory): AccessRow {
  const { memberId, sinceDay, dormant, holder } = grant;
  const name = directory.person(memberId)?.name ?? 'unknown';
  const compartments = [...new Set(grant.keys.map((key) => key.compartment))];
  return { memberId, name, compartments, sinceDay, dormant, holder };
}
