// How a screen reaches the controller.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { CaseWork, OpenCase } from './case_work.ts';
import type { Controller } from './controller.ts';
import type { State } from './state.ts';

export const AppContext = createContext<Controller | null>(null);

interface Given {
  readonly app: Controller;
  readonly state: State;
  readonly t: State['words'];
}

// The controller, its state and the words; draws again whenever any of them changes.
export function use_app(): Given {
  const app = useContext(AppContext);
  if (!app) throw new Error('a screen outside the desk');
  const [, redraw] = useState(0);
  useEffect(() => app.subscribe(() => redraw((count) => count + 1)), [app]);
  return { app, state: app.state, t: app.state.words };
}

// The same with the open case; for parts of its page.
export function use_case(): Given & { readonly cases: CaseWork; readonly open: OpenCase } {
  const given = use_app();
  return { ...given, cases: given.app.cases, open: given.app.cases.now };
}
