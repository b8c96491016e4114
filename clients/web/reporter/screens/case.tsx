// A case, as its owner sees it: what waits, the terms, what happened, who reads along, and talking.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { Access } from '../parts/access.tsx';
import { Close } from '../parts/close.tsx';
import { Clocks, Dispute } from '../parts/clocks.tsx';
import { Alarms, News, Unconsented } from '../parts/first.tsx';
import { Page } from '../parts/page.tsx';
import { Questions } from '../parts/questions.tsx';
import { Talk } from '../parts/talk.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { open_proposals } from '../lead.ts';
import type { CaseView } from '../session.ts';

function Standing({ view }: { view: CaseView }) {
  const { t } = use_app();
  return (
    <section class="standing" aria-labelledby="standing">
      <h2 id="standing">{t.case.waiting}</h2>
      <p>
        <strong class="state">{t.case.state[view.state ?? 'unknown']}</strong>
        {view.urgent && <strong class="state state-urgent">{t.case.urgent}</strong>}
      </p>
      <p>{t.case[`waiting_${view.waiting_for}`]}</p>
      {view.waiting_for === 'reporter' && open_proposals(view).length === 0 && (
        <button type="button" class="link" id="to-fresh" onClick={() => document.getElementById('fresh')?.focus()}>
          {t.case.to_fresh}
        </button>
      )}
      {view.state === 'paused' && <p>{t.case.state_paused}</p>}
      {view.state === 'closed' && <p>{t.case.state_closed}</p>}
      {view.erase_day !== null && (
        <p class="hint">
          {t.lead.erase(format_day(view.erase_day, t))} <Dispute seq={view.outcome_by} about={t.case.row.outcome} />
        </p>
      )}
    </section>
  );
}

export function Case() {
  const { app, state, t } = use_app();
  const view = state.view;
  if (!view) return <Waiting title={t.back.opening} />;
  if (view.erased_day !== null) return <Erased view={view} day={view.erased_day} />;
  const going = state.opening.status === 'going';
  return (
    <Page title={t.case.title(view.handle_words)} intro={t.case.since(format_day(view.day_opened, t))} wide>
      <Unconsented view={view} />
      <Alarms view={view} />
      <Questions view={view} />
      <News view={view} />
      <div class="case">
        <Standing view={view} />
        <div class="case-talk">
          <Timeline view={view} />
          <WorkStrip work={state.opening} retry={() => app.look_again()} />
          <button
            type="button"
            class="button button-quiet"
            id="look-again"
            aria-disabled={going}
            onClick={() => app.look_again()}
          >
            {t.case.check}
          </button>
          <Talk files />
        </div>
        <div class="case-side">
          <Clocks view={view} />
          <Access view={view} />
        </div>
      </div>
      <More view={view} />
    </Page>
  );
}

// By the rule of retention: that it was, and the lines that stay.
function Erased({ view, day }: { view: CaseView; day: number }) {
  const { t } = use_app();
  return (
    <Page title={t.case.title(view.handle_words)}>
      <p class="strip">{t.lead.erased(format_day(day, t))}</p>
      <Timeline view={view} closed />
      <Close />
    </Page>
  );
}

// Everything else, out of the way and always there.
function More({ view }: { view: CaseView }) {
  const { app, state, t } = use_app();
  const inside = view.access.some(({ dormant }) => !dormant);
  const link = (id: string, text: string, go: () => void) => (
    <li>
      <button type="button" class="link" id={id} onClick={go}>
        {text}
      </button>
    </li>
  );
  return (
    <section class="panel" aria-labelledby="more">
      <h2 id="more">{t.case.more}</h2>
      <div class="more">
        <div class="more-group">
          <h3>{t.lead.more.who}</h3>
          <ul class="plain">
            {link('more-let-in', t.lead.let_in.title, () => app.step('let_in'))}
            {inside && link('another', t.case.another, () => app.step('another'))}
            {inside && link('delegate', t.lead.delegate.title, () => app.step('delegate', '', { parts: ['summary'] }))}
            {view.kind !== 'signal' &&
              link('stay', view.stays ? t.lead.stay.back_title : t.lead.stay.title, () => app.step('stay'))}
            {inside && link('identify', t.lead.identify.title, () => app.step('identify'))}
          </ul>
        </div>
        <div class="more-group">
          <h3>{t.lead.more.help}</h3>
          <ul class="plain">
            {link('urgent', t.urgent.title, () => app.go('urgent'))}
            {link('complaint', t.lead.complaint.title, () => app.step('complaint'))}
          </ul>
        </div>
        <div class="more-group">
          <h3>{t.lead.more.stop}</h3>
          <ul class="plain">
            {link('take-along', t.lead.take_along.title, () => app.step('take_along'))}
            {link('withdraw', t.lead.withdraw.title, () => app.step('withdraw'))}
          </ul>
        </div>
      </div>
      {/* Not with one tap what is still on its way. */}
      {state.files.attaching.status !== 'going' && <Close quiet />}
    </section>
  );
}
