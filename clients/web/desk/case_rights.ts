// What whoever sits at the desk may do in the open case now, by what of it opens to them. Every other reader holds them
// to the same rules (core/case_state): what is not offered here would be an alarm there.
import { CaseState as State, Compartment, EventKind, Role, StepRole } from '../generated/rules.ts';
import { mayClose, mayJudge, mayOpenIdentity, maySet, mayTake } from '../core/case_state.ts';
import { equal } from '../core/crypto/bytes.ts';
import { isGone, type Person } from '../core/protocol/directory.ts';
import { isLive, type LiveGrant } from '../core/protocol/grants.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';
import type { Controller } from './controller.ts';
import { talks_in } from './inbox.ts';
import { case_open_at, type OpenCase } from './open_case.ts';
import type { DeskSession } from './session.ts';

const is_chair = (person: Person | undefined, today: Day): boolean =>
  person?.role === Role.triage_chair && !isGone(person, today);

export class CaseRights {
  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {}

  may(event: EventKind): boolean {
    return mayTake(this.now.state, event, this.role());
  }
  talks(): boolean {
    return this.role() !== StepRole.reader;
  }
  may_close(): boolean {
    return this.talks() && mayClose(this.now.state, this.session_.today);
  }
  // By the office that the directory gives: committee, chair, coordinator.
  may_judge(event: EventKind): boolean {
    const { directory, today } = this.session_;
    const chair_is_in = this.now.fetched.opened.access.grants.some(
      (grant) => isLive(grant, today) && is_chair(directory.person(grant.memberId), today),
    );
    return mayJudge(this.now.state, event, this.role(), this.app_.state.me!.role, chair_is_in);
  }
  may_open_identity(at: OpenCase): boolean {
    return mayOpenIdentity(at.state, this.role(at));
  }
  // Whether what opens here tells where the case stands. Where it may be closed already, a status would be against the
  // rules, and an alarm to everybody who reads more.
  follows(): boolean {
    const { kind, state } = this.now.state;
    return kind !== undefined && state !== undefined;
  }
  states(): readonly State[] {
    if (!this.talks()) return [];
    const wanted = [State.acknowledged, State.active, State.waiting, State.paused];
    return wanted.filter((state) => maySet(this.now.state, state, this.session_.today));
  }
  // Who reads what is said now, beside the reporter and oneself.
  listeners(): readonly MemberId[] {
    const { member, today } = this.session_;
    const hear = (grant: LiveGrant): boolean =>
      isLive(grant, today) && grant.keys.some(({ compartment }) => compartment === Compartment.talk);
    const ids = this.now.fetched.opened.access.grants.filter(hear).map(({ memberId }) => memberId);
    return ids.filter((id, nth) => !equal(id, member.memberId) && ids.findIndex((other) => equal(other, id)) === nth);
  }

  private get now(): OpenCase {
    return case_open_at(this.app_);
  }
  private role(at = this.now): StepRole {
    const { opened } = at.fetched;
    const { member, today } = this.session_;
    if (!talks_in(opened, member.memberId, today)) return StepRole.reader;
    return opened.access.live(member.memberId, today).some(({ holder }) => holder) ? StepRole.holder : StepRole.member;
  }
}
