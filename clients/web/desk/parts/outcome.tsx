// The end of a case: what was done, and why, for the reporter.
import { useState } from 'preact/hooks';
import { missingToClose } from '../../core/case_state.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_draft } from './draft.tsx';
import { Form } from './form.tsx';

export function Outcome() {
  const { app, cases, rights, open, t } = use_case();
  const [text] = use_draft('outcome-text');
  const [reason] = use_draft('outcome-reason');
  const [news, set_news] = useState(false);
  const send = async (): Promise<void> => set_news((await cases.conclude(text, reason)) === 'news');
  const check = () =>
    [
      { field: 'outcome-text', given: text },
      { field: 'outcome-reason', given: reason },
    ]
      .filter(({ given }) => given.trim() === '')
      .slice(0, 1)
      .map(({ field }) => ({ field, text: t.outcome.empty }));
  return (
    <details class="fold" id="fold-outcome">
      <summary>{t.outcome.title}</summary>
      {rights.may_close() ? (
        <Form name="outcome" submit={t.outcome.save} check={check} send={() => void send()} {...(!news && { done: t.done.outcome })}>
          <p class="hint">{t.outcome.hint}</p>
          <Draft name="outcome-text" label={t.outcome.text} />
          <Draft name="outcome-reason" label={t.outcome.reason} />
          {news && (
            <p class="warn" role="alert" id="outcome-news">
              {t.outcome.news}
            </p>
          )}
        </Form>
      ) : (
        <p class="hint">
          {t.outcome.not_now}{' '}
          {!rights.follows() ? t.status.unread : missingToClose(open.state, app.session.today).length > 0 && t.outcome.lacks}
        </p>
      )}
    </details>
  );
}
