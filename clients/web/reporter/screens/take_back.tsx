// Somebody is out: what that changes, and what it can't.
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { StandInsOut } from '../parts/stand_ins_out.tsx';
import { moving, StepPage } from '../parts/step.tsx';
import { Gone } from '../parts/waiting.tsx';

export function TakeBack() {
  const { app, state, t } = use_app();
  const person = app.acting.subject;
  const rows = state.view?.access.filter(({ id }) => id === person) ?? [];
  const [row] = rows;
  if (!state.view || !row) return <Gone />;
  const name = shown_name(row.name);
  return (
    <StepPage
      title={t.lead.take_back.title(name)}
      intro={t.another.out(name)}
      send={t.lead.access.take_back}
      check={() => []}
      take={moving(app, () => ({ kind: 'take_back', person }))}
    >
      {rows.some(({ holder, dormant }) => holder && !dormant) && (
        <div class="strip warn">
          <p>{t.lead.take_back.holder}</p>
          <button type="button" class="link" id="instead" onClick={() => app.step('another')}>
            {t.lead.take_back.instead}
          </button>
        </div>
      )}
      <StandInsOut name={row.name} />
    </StepPage>
  );
}
