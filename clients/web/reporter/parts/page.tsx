// One screen: its heading takes the focus when the screen appears, so that whoever listens hears
// where they are.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { part_of } from '../flow.ts';

interface PageProps {
  readonly title: string;
  readonly intro?: string;
  readonly back?: boolean;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

let first_screen = true;

export function Page({ title, intro, back, wide, children }: PageProps) {
  const { app, state, t } = use_app();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first_screen) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    first_screen = false;
  }, []);
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
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {intro && <p class="intro">{intro}</p>}
      {children}
    </main>
  );
}
