// How a screen reaches the controller.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Controller, State } from './controller.ts';

export const AppContext = createContext<Controller | null>(null);

// The controller, its state and the words; draws again whenever any of them changes.
export function use_app(): { app: Controller; state: State; t: State['words'] } {
  const app = useContext(AppContext);
  if (!app) throw new Error('a screen outside the app');
  const [, redraw] = useState(0);
  useEffect(() => app.subscribe(() => redraw((count) => count + 1)), [app]);
  return { app, state: app.state, t: app.state.words };
}
