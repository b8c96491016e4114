// All that is sent, as it is sent.
import { useState } from 'preact/hooks';
import { format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { new_case, too_long } from '../draft.ts';
import type { Screen } from '../flow.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';

interface RowProps {
  readonly title: string;
  readonly text: string;
  readonly change?: Screen;
  readonly empty?: string;
  readonly change_words?: string;
}

function Row({ title, text, change, empty, change_words }: RowProps) {
  const { app, t } = use_app();
  return (
    <div class="review-row">
      <dt>{title}</dt>
      <dd class="written" dir="auto" translate={false}>
        {text === '' ? <span class="hint">{empty ?? t.common.none}</span> : text}
      </dd>
      {change && (
        <dd>
          <button type="button" class="link" data-change={change} onClick={() => app.go(change)}>
            {change_words ?? t.common.change}
            {!change_words && <span class="unseen">: {title}</span>}
          </button>
        </dd>
      )}
    </div>
  );
}

export function Review() {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const { draft, organisation } = state;
  if (!organisation) return <Waiting title={t.review.title} />;
  const wanted = new_case(draft, t);
  const name_of = (id: string | null): string =>
    shown_name(organisation.advisers.find((person) => person.id === id)?.name ?? '');
  const signal = draft.kind === 'signal';
  const send = (): void => {
    if (draft.story.trim() === '') set_errors([{ field: 'send', text: t.story.empty }]);
    else if (!signal && draft.adviser === null) set_errors([{ field: 'send', text: t.adviser.required }]);
    else if ([wanted.story, wanted.people, wanted.identity].some(too_long)) set_errors([{ field: 'send', text: t.story.too_long }]);
    else if (app.preparing.undecided()) set_errors([{ field: 'send', text: t.giving.decide }]);
    else app.send();
  };
  return (
    <Page title={t.review.title} intro={t.review.hint} back>
      <Errors errors={errors} />
      <dl class="review">
        <Row title={t.review.kind} text={t.welcome.door[draft.kind].title} />
        <Row title={t.story.label} text={wanted.story} change="story" />
        {state.files.chosen.length > 0 && (
          <Row
            title={t.review.files}
            text={format_list(state.files.chosen.map((file) => file.name), t)}
            change="story"
          />
        )}
        {wanted.people !== '' && <Row title={t.review.people} text={wanted.people} change="who" />}
        {!signal && (
          <Row
            title={t.review.want}
            text={format_list(wanted.wants.map((want) => t.want[want].title), t)}
            change="want"
          />
        )}
        {!signal && draft.kind !== 'advice' && (
          <Row title={t.review.lead} text={t.want[wanted.lead].title} change="want" />
        )}
        {signal ? (
          <Row
            title={t.adviser.signal}
            text={format_list(organisation.signal_readers.map((person) => shown_name(person.name)), t)}
          />
        ) : (
          <>
            <Row title={t.review.reader} text={name_of(draft.adviser)} change="adviser" />
            <Row
              title={t.review.stand_in}
              text={name_of(draft.stand_in)}
              empty={t.stand_in.nobody}
              change="stand_in"
            />
            <Row
              title={wanted.identity === '' ? t.review.identity : `${t.review.identity} → ${name_of(draft.adviser)}`}
              text={wanted.identity}
              empty={t.review.identity_empty}
              change="identity"
              change_words={wanted.identity === '' ? t.review.identity_add : t.common.change}
            />
          </>
        )}
      </dl>
      <p class="strip">{signal ? t.adviser.signal_text : t.review.telling}</p>
      <details class="mirror">
        <summary>{t.giving.before}</summary>
        <ul>
          {t.giving.before_lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
      <button type="button" class="button" id="send" onClick={send}>
        {t.review.send}
      </button>
      {!signal && <p class="hint">{t.review.send_hint}</p>}
    </Page>
  );
}
