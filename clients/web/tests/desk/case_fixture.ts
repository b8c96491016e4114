// A case on a desk, with as much of a session and of a controller as a test gives it.
import type { FetchedCase } from '../../core/fetch.ts';
import type { Identity } from '../../core/identity.ts';
import { CaseRights } from '../../desk/case_rights.ts';
import { CaseWork } from '../../desk/case_work.ts';
import type { Controller } from '../../desk/controller.ts';
import { CaseView } from '../../desk/open_case.ts';
import type { DeskSession } from '../../desk/session.ts';
import type { LeadTest } from '../lead/fixture.ts';

// The case as it stands now, as somebody fetches it.
export async function served_to(self: Identity, it: LeadTest): Promise<FetchedCase> {
  const log = it.served(self);
  return { log, opened: await it.opened(self, log) };
}

export function desk_of(session: object, app: object): { view: CaseView; rights: CaseRights; cases: CaseWork } {
  const desk = [session as DeskSession, app as Controller] as const;
  const view = new CaseView(...desk);
  const rights = new CaseRights(...desk);
  return { view, rights, cases: new CaseWork(...desk, view, rights) };
}
