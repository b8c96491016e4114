// One case on one page: what was told, the conversation beside it, and what can be done.
import { causeName, EventKind } from '../../generated/rules.ts';
import { Heading } from '../../page/parts/heading.tsx';
import { format_day, format_list } from '../../page/words/format.ts';
import { urgentWaits } from '../../core/desk/last_word.ts';
import { headWords } from '../../core/names.ts';
import { use_case } from '../app_context.ts';
import { Access } from '../parts/access.tsx';
import { Book } from '../parts/book.tsx';
import { Clocks } from '../parts/clocks.tsx';
import { CaseExport } from '../parts/case_export.tsx';
import { Notes } from '../parts/notes.tsx';
import { Outcome } from '../parts/outcome.tsx';
import { PapersOf } from '../parts/papers_of.tsx';
import { Passing } from '../parts/passing.tsx';
import { Regie } from '../parts/regie.tsx';
import { Status } from '../parts/status.tsx';
import { Talk } from '../parts/talk.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { Told } from '../parts/told.tsx';
import { Triage } from '../parts/triage.tsx';
import { Unconsented } from '../parts/unconsented.tsx';
import { WorkLine } from '../parts/work_line.tsx';
import { Written } from '../parts/written.tsx';
import { kind_word, person_word, state_word } from '../parts/names.ts';

function Alarms() {
  const { open, t } = use_case();
  const { alarms } = open.state;
  if (alarms.length === 0) return null;
  return (
    <section class="alarms" role="alert" aria-labelledby="alarms">
      <h2 id="alarms">{t.case.alarms}</h2>
      <ul>
        {alarms.map(({ seq, kind }, place) => (
          <li key={place}>
            {t.case.alarm[kind]} <span class="hint">({seq})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WithoutConsent() {
  const { app, open, t } = use_case();
  const { unconsented } = open.state;
  if (unconsented.length === 0) return null;
  return (
    <section class="alarms" aria-labelledby="without">
      <h2 id="without">{t.case.unconsented_title}</h2>
      {unconsented.map(({ seq, day, author, cause, text }) => (
        <div key={seq}>
          <p class="row-by">
            {person_word(author, app.session.directory, t)} · {format_day(day, t)}
          </p>
          <p>{t.unconsented.causes[causeName(cause) as keyof typeof t.unconsented.causes] ?? t.kind.unknown}:</p>
          <Written text={text} />
        </div>
      ))}
    </section>
  );
}

function Standing() {
  const { rights, open, t } = use_case();
  const { state } = open;
  const { opened } = open.fetched;
  const urgent = urgentWaits(opened) && state.waitingFor !== 'nobody';
  const opening = opened.entries.find(({ event }) => event?.kind === 'opening')?.event;
  const wants = opening?.kind === 'opening' ? opening.wants : [];
  const names = { 1: 'heard', 2: 'stop', 3: 'repair', 4: 'investigate' } as const;
  return (
    <p class="standing">
      <span class="tag tag-kind">{kind_word(state.kind, t)}</span>
      {state.state !== undefined && <span class="tag tag-state">{state_word(state.state, t)}</span>}
      {urgent && <strong class="tag tag-urgent">{t.inbox.urgent}</strong>}
      {rights.talks() && <span>{t.inbox.waits[state.waitingFor]}</span>}
      {wants.length > 0 && (
        <span class="hint">
          {t.case.wants}: {format_list(wants.map((want) => t.want[names[want]]), t)}
        </span>
      )}
      {opening?.kind === 'opening' && (
        <span class="hint">{opening.lead === 1 ? t.lead.every_step : t.lead.adviser_shares}</span>
      )}
    </p>
  );
}

// Who is not in the conversation came to judge: what they write stands where others talk.
export function Case() {
  const { rights, open, t } = use_case();
  const talks = rights.talks();
  const talk = (
    <section class="case-talk" aria-labelledby="talk" key="talk">
      <h2 id="talk">{talks ? t.case.talk : t.case.history}</h2>
      <Timeline />
      {rights.may(EventKind.message) && <Talk />}
    </section>
  );
  const work = (
    <div class="case-work" key="work">
      {talks && <Regie />}
      <Triage />
      <Book />
      {talks && (
        <>
          <Notes />
          <Status />
          <Outcome />
        </>
      )}
      <Unconsented />
      <Passing />
      <PapersOf />
      <CaseExport />
      <p class="hint">
        {t.case.fingerprint}: <span translate={false}>{headWords(open.fetched.opened.chain.headHash)}</span>.{' '}
        {t.case.fingerprint_hint}
      </p>
    </div>
  );
  return (
    <main id="content" class="page page-case" data-handle={open.row.key}>
      <div class="case-head">
        <Heading title={open.row.name} />
        <Standing />
        <Clocks />
      </div>
      <WorkLine name="case" />
      <Alarms />
      <WithoutConsent />
      <div class={talks ? 'case' : 'case case-beside'}>
        <div class="case-told">
          <Told />
          <Access />
        </div>
        {talks ? [talk, work] : [work, talk]}
      </div>
    </main>
  );
}
