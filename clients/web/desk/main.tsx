// Starts the desk: draws it, locks it when nobody is there, and greets the gateway.
import { render } from 'preact';
import { App } from './app.tsx';
import { AppContext } from './app_context.ts';
import { Controller } from './controller.ts';
import { keep_focus } from '../page/focus.ts';
import { on_idle } from './idle.ts';
import { DeskSession } from './session.ts';
import { preferred_language } from './words/languages.ts';
import './style/index.css';

const app = new Controller(new DeskSession(), preferred_language());

function show_language(): void {
  const { code, direction } = app.state.words;
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
}
app.subscribe(show_language);
show_language();

// The token in an invitation leaves the address bar as soon as it was read.
if (location.hash.startsWith('#join=')) {
  app.door.invited(location.hash);
  history.replaceState(null, '', location.pathname);
}

on_idle(() => app.door.lock(true));
addEventListener('beforeunload', (event) => {
  if (app.would_lose()) event.preventDefault();
});
addEventListener('pagehide', () => app.door.lock(false)); // a page that the browser keeps for "back" holds no secrets

const page = document.getElementById('app')!;
keep_focus(page);
render(
  <AppContext.Provider value={app}>
    <App />
  </AppContext.Provider>,
  page,
);
void app.greet();
