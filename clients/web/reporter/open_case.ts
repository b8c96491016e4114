// One case that is open: whose it is, its words, and what was fetched of it. Whatever was asked for it comes back to
// it, so that nothing of one case ever stands in, or is sent to, another.
import { wipeCase } from '../core/case_log.ts';
import type { Phrase } from '../core/crypto/phrase.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Reporter } from '../core/identity.ts';
import { SessionError } from '../page/session_error.ts';
import type { Complaint } from './session_complaint.ts';

export class OpenCase {
  fetched: FetchedCase | null = null; // nothing yet
  complaint: Complaint | null = null; // not looked for yet

  constructor(
    readonly reporter: Reporter,
    readonly phrase: Phrase, // opens the complaint, too
  ) {}

  get known(): FetchedCase {
    if (!this.fetched) throw new SessionError('defect', 'no case is open');
    return this.fetched;
  }

  wipe(): void {
    for (const fetched of [this.fetched, this.complaint?.fetched]) if (fetched) wipeCase(fetched.opened);
    this.reporter.wipe();
    this.complaint?.reporter.wipe();
    this.phrase.wipe();
  }
}
