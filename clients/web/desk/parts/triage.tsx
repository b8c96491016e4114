// What the triage committee thinks and decided, what the coordinator advised, and what a case still lacks before it may
// be closed. Everybody sees what was shared with them, and writes what their office lets them write.
import { useState } from 'preact/hooks';
import { EventKind, Need, Role, Ruling, rulingName } from '../../generated/rules.ts';
import { missingToClose, type SaidRecord } from '../../core/case_state.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { person_word } from './names.ts';
import { Written } from './written.tsx';

const kRulings = Object.values(Ruling);
const ruling_word = (ruling: Ruling, words: Readonly<Record<string, string>>): string => words[rulingName(ruling)] ?? '';

function Said({ title, records }: { title: string; records: readonly SaidRecord[] }) {
  const { app, t } = use_case();
  if (records.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {records.map(({ seq, day, author, text }) => (
        <div key={seq} class="proposal">
          <p class="row-by">
            {author ? person_word(author, app.session.directory, t) : t.common.reporter} · {format_day(day, t)}
          </p>
          <Written text={text === '' ? t.triage.by_step : text} />
        </div>
      ))}
    </>
  );
}

function Decided() {
  const { app, open, t } = use_case();
  const { decision, stay } = open.state.triage;
  return (
    <>
      {decision && (
        <div class="proposal proposal-answered" id="triage-decision">
          <h3>
            {t.triage.decision}: {ruling_word(decision.ruling, t.triage.ruling)}
          </h3>
          <p class="row-by">
            {person_word(decision.author, app.session.directory, t)} · {format_day(decision.day, t)}
          </p>
          <Written text={decision.text} />
          <Written text={decision.reason} />
        </div>
      )}
      {stay && <p>{t.triage.stay(format_day(stay.day, t))}</p>}
    </>
  );
}

// One text that an office lets somebody write.
function OneText({ name, kind }: { name: 'assessment' | 'consultation' | 'sensitive'; kind: EventKind }) {
  const { cases, rights, t } = use_case();
  const [text] = use_draft(name);
  if (!rights.may_judge(kind)) return null;
  const words = t.triage.write[name];
  return (
    <details class="fold" id={`fold-${name}`}>
      <summary>{words.title}</summary>
      <Form
        name={name}
        quiet
        submit={words.save}
        check={() => (text.trim() === '' ? [{ field: name, text: t.say.empty }] : [])}
        send={() => void cases.judge(name, text)}
        done={t.done[name]}
      >
        <Draft name={name} label={words.label} hint={words.hint} />
      </Form>
    </details>
  );
}

// Nothing is decided that was not chosen, nor over what was not read.
function Rule() {
  const { cases, rights, t } = use_case();
  const [chosen, choose] = use_choice('ruling');
  const ruling = kRulings.find((one) => String(one) === chosen) ;
  const [text] = use_draft('ruling-text');
  const [reason] = use_draft('ruling-reason');
  const [news, set_news] = useState(false);
  if (!rights.may_judge(EventKind.triage)) return null;
  const check = () => {
    if (ruling === undefined) return [{ field: 'ruling', text: t.triage.rule_choose }];
    return text.trim() === '' || reason.trim() === ''
      ? [{ field: text.trim() === '' ? 'ruling-text' : 'ruling-reason', text: t.triage.rule_empty }]
      : [];
  };
  const send = async (): Promise<void> => set_news(ruling !== undefined && (await cases.rule(ruling, text, reason)) === 'news');
  return (
    <details class="fold" id="fold-triage">
      <summary>{t.triage.rule}</summary>
      <Form name="triage" submit={t.triage.rule_save} check={check} send={() => void send()} {...(!news && { done: t.done.triage })}>
        <div class="field">
          <label for="ruling">{t.triage.decision}</label>
          <select id="ruling" value={ruling ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t.common.choose}</option>
            {kRulings.map((one) => (
              <option key={one} value={one}>
                {ruling_word(one, t.triage.ruling)}
              </option>
            ))}
          </select>
        </div>
        <Draft name="ruling-text" label={t.triage.rule_text} />
        <Draft name="ruling-reason" label={t.triage.rule_reason} />
        {news && (
          <p class="warn" role="alert" id="ruling-news">
            {t.triage.news}
          </p>
        )}
      </Form>
    </details>
  );
}

export function Triage() {
  const { app, open, t } = use_case();
  const { triage } = open.state;
  const missing = missingToClose(open.state, app.session.today);
  const office = app.state.me!.role;
  const sits = office === Role.triage || office === Role.triage_chair;
  return (
    <section aria-labelledby="triage">
      <h2 id="triage">{t.triage.title}</h2>
      {!sits && missing.includes(Need.triaged) && <p class="hint">{t.triage.not_decided}</p>}
      {missing.includes(Need.consulted) && <p class="hint">{t.triage.not_consulted}</p>}
      <Decided />
      <Said title={t.triage.assessments} records={triage.assessments} />
      <Said title={t.triage.sensitive} records={triage.sensitive} />
      <Said title={t.triage.consultations} records={triage.consultations} />
      <OneText name="assessment" kind={EventKind.assessment} />
      <Rule />
      <OneText name="consultation" kind={EventKind.consultation} />
      <OneText name="sensitive" kind={EventKind.sensitive} />
    </section>
  );
}
