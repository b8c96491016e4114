import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { new_case, too_long } from '../draft.ts';
import { Choice } from '../../page/parts/choice.tsx';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { FilePicker } from '../parts/files.tsx';
import { Mirror } from '../parts/mirror.tsx';
import { Page } from '../parts/page.tsx';
import { Line, Writing } from '../../page/parts/writing.tsx';

export function Story() {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const draft = state.draft;
  const next = (): void => {
    if (draft.story.trim() === '') set_errors([{ field: 'story', text: t.story.empty }]);
    else if (too_long(new_case(draft, t).story)) set_errors([{ field: 'story', text: t.story.too_long }]);
    else if (app.preparing.undecided()) set_errors([{ field: 'files', text: t.giving.decide }]);
    else if (app.files.must_choose()) set_errors([{ field: 'files', text: t.files.choose }]);
    else app.next();
  };
  return (
    <Page title={t.story.title[draft.kind]} intro={t.story.hint} back>
      <Errors errors={errors} />
      <Writing
        id="story"
        label={t.story.label}
        lines={10}
        value={draft.story}
        invalid={errors.some((error) => error.field === 'story')}
        on_input={(story) => app.write({ story })}
      />
      <Mirror />
      <FilePicker />
      <Choice
        type="checkbox"
        name="continues"
        checked={draft.continues}
        title={t.story.continues}
        line={t.story.continues_hint}
        on_change={(continues) => app.write({ continues })}
      />
      {draft.continues && (
        <Line
          id="continues-name"
          label={`${t.story.continues_name} (${t.common.optional})`}
          value={draft.continues_name}
          on_input={(continues_name) => app.write({ continues_name })}
        />
      )}
      <div class="actions">
        <button type="button" class="button" id="next" onClick={next}>
          {t.common.next}
        </button>
        <button type="button" class="link" id="save-draft" onClick={() => app.go('draft_save')}>
          {t.story.save}
        </button>
      </div>
    </Page>
  );
}
