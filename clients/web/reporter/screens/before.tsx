import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';

export function Before() {
  const { app, state, t } = use_app();
  const kind = state.draft.kind;
  const own = state.organisation?.text('limits', t.code) ?? '';
  const limits = kind === 'signal' ? t.before.limits_signal : own === '' ? t.before.limits_text : own;
  const points = [
    [t.before.phone, t.before.phone_text],
    [t.before.systems, t.before.systems_text],
    [t.before.limits, limits],
    [t.before.leaving, t.before.leaving_text],
    [t.before.student, t.before.student_text],
  ] as const;
  return (
    <Page title={t.before.title} back>
      <dl class="points">
        {points.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" id="next" onClick={() => app.next()}>
        {t.before.start}
      </button>
    </Page>
  );
}
