// How a screen reaches the controller.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Controller } from './controller.ts';
import type { OpenCase } from './open_case.ts';
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
export function use_case(): Given & Pick<Controller, 'cases' | 'rights' | 'view'> & { readonly open: OpenCase } {
  const given = use_app();
  const { cases, rights, view } = given.app;
  return { ...given, cases, rights, view, open: view.now };
}
