// An entry on its way in, and what comes of it.

import { equal } from '../../crypto/bytes.ts';
import type { Expected } from '../../expected.ts';
import type { Access } from '../access.ts';
import type { Breach } from '../breach.ts';
import type { Directory, Person } from '../directory.ts';
import type { Header } from '../entry.ts';

export interface Asked {
  readonly header: Header;
  readonly directory: Directory;
  readonly byOwner: boolean;
  readonly member: Person | undefined; // its author; nothing: the owner, or nobody of the directory
}

export function asked(access: Access, header: Header, directory: Directory): Asked {
  const byOwner = equal(header.author, access.owner);
  const member = byOwner ? undefined : directory.author(header.author, header.day, header.directoryHash);
  return { header, directory, byOwner, member };
}

// What the case is after the entry.
export type Admitted = Expected<Access, Breach>;
export type Checked = Expected<void, Breach>;
