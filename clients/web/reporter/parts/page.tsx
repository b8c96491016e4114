// One screen: the way back, where one is, its heading and what it asks.
import type { ComponentChildren } from 'preact';
import { Heading } from '../../page/parts/heading.tsx';
import { use_app } from '../app_context.ts';
import { part_of } from '../flow.ts';

interface PageProps {
  readonly title: string;
  readonly intro?: string;
  readonly back?: boolean;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export function Page({ title, intro, back, wide, children }: PageProps) {
  const { app, state, t } = use_app();
  const part = part_of(state.draft.kind, state.screen);
  return (
    <main id="content" class={wide ? 'page page-wide' : 'page'}>
      {back && (
        <button type="button" class="link back" onClick={() => app.back()}>
          <span class="arrow" aria-hidden="true" />
          {t.common.back}
        </button>
      )}
      {part && <p class="part">{t.common.part(part.now, part.all)}</p>}
      <Heading title={title} />
      {intro && <p class="intro">{intro}</p>}
      {children}
    </main>
  );
}
