// The reporter's lead, as the screens use it: what is being decided, and how far it is. What was written stays until it
// was accepted, and a step is shown as done only then.
import { elsewhere, kIdle, type Work, type WorkState } from '../page/work.ts';
import type { Choice, Move, Part } from './lead.ts';
import type { CaseView, Session } from './session.ts';
import { UntilForgotten, type Show } from './until_forgotten.ts';

// What stands on the screen of a step.
export interface Form {
  readonly choice: Choice | null;
  readonly text: string;
  readonly summary: string;
  readonly drafted: string; // the summary before anything was changed in it
  readonly who: string; // a member id, or committee:UNIT
  readonly by: string; // a member id: who goes, or who may let in; empty: the lead adviser
  readonly left_out: readonly string[]; // of a committee
  readonly stand_in: boolean; // not yet: only when the lead adviser can't go on
  readonly parts: readonly Part[];
  readonly until: string; // as a date field writes it; empty: until taken back
}

export interface LeadState {
  readonly about: string; // the step on the screen: its kind, and what it is about
  readonly forms: Readonly<Record<string, Form>>; // by step, so that coming back finds what was written
  readonly acting: WorkState;
  readonly complaining: WorkState;
  readonly complaint: CaseView | null; // of the same words; null: none, or not looked for yet
  readonly proof: string; // of a withdrawal
}

const kEmptyForm: Form = {
  choice: null,
  text: '',
  summary: '',
  drafted: '',
  who: '',
  by: '',
  left_out: [],
  stand_in: false,
  parts: [],
  until: '',
};
export const kNoLead: LeadState = {
  about: '',
  forms: {},
  acting: kIdle,
  complaining: kIdle,
  complaint: null,
  proof: '',
};

// What the app lends to this part of it.
interface Host {
  readonly lead: () => LeadState;
  readonly set_lead: (change: Partial<LeadState>) => void;
  readonly set_view: (view: CaseView | null) => void;
}

export class Acting {
  private readonly session_: Session;
  private readonly host_: Host;
  private readonly until_forgotten_ = new UntilForgotten();

  constructor(session: Session, host: Host) {
    this.session_ = session;
    this.host_ = host;
  }

  // Makes the form of a step ready; what was written for it before stands there again.
  begin(about: string, defaults: Partial<Form> = {}): void {
    const { forms } = this.host_.lead();
    const form = forms[about] ?? { ...kEmptyForm, ...defaults, drafted: defaults.summary ?? '' };
    this.host_.set_lead({ forms: { ...forms, [about]: form } });
  }
  // Which step is on the screen. What is still going is shown with the next one too: one step at a time.
  about(about: string): void {
    this.host_.set_lead({ about, acting: elsewhere(this.host_.lead().acting) });
  }
  // What the step is about: a member id, a number; empty when it is about nothing of the kind.
  get subject(): string {
    return this.host_.lead().about.split(':')[1] ?? '';
  }
  get form(): Form {
    const { about, forms } = this.host_.lead();
    return forms[about] ?? kEmptyForm;
  }
  write(change: Partial<Form>): void {
    const { about, forms } = this.host_.lead();
    this.host_.set_lead({ forms: { ...forms, [about]: { ...this.form, ...change } } });
  }
  get would_lose(): boolean {
    const { forms, acting, proof } = this.host_.lead();
    return (
      acting.status === 'going' ||
      proof !== '' ||
      Object.values(forms).some(({ text, summary, drafted }) => text.trim() !== '' || summary !== drafted)
    );
  }
  // What is on its way shows nothing any more. Called before the state is emptied.
  forget(): void {
    this.until_forgotten_.forget();
  }

  async move(move: Move): Promise<boolean> {
    const accepted = this.when_accepted();
    return this.run('acting', async (work, show) => {
      const view = await this.session_.move(move, work.progress);
      show(() => {
        this.host_.set_view(view);
        accepted();
      });
    });
  }
  async look_for_complaint(): Promise<boolean> {
    return this.run('complaining', async (work, show) => {
      const complaint = await this.session_.complaint(work.progress);
      show(() => this.host_.set_lead({ complaint }));
    });
  }
  async complain(text: string, to: readonly string[]): Promise<boolean> {
    const accepted = this.when_accepted();
    return this.run('acting', async (work, show) => {
      const complaint = await this.session_.complain(text, to, work.progress, () => show(accepted));
      show(() => {
        this.host_.set_lead({ complaint });
        accepted();
      });
    });
  }
  async withdraw(): Promise<boolean> {
    return this.run('acting', async (work, show) => {
      const kept = (proof: string): boolean => show(() => this.host_.set_lead({ proof }));
      await this.session_.withdraw(kept, work.progress);
      show(() => this.host_.set_view(null));
    });
  }

  // Empties the form of the step that is taken now, whatever is on the screen by then. What was typed since stays.
  private when_accepted(): () => void {
    const { about } = this.host_.lead();
    const { form } = this;
    return () => {
      const { [about]: now, ...others } = this.host_.lead().forms;
      if (now === form) this.host_.set_lead({ forms: others });
    };
  }

  private run(name: 'acting' | 'complaining', doing: (work: Work, show: Show) => Promise<void>): Promise<boolean> {
    const set = (state: WorkState): void => this.host_.set_lead({ [name]: state });
    return this.until_forgotten_.run(this.host_.lead()[name], set, doing);
  }
}
