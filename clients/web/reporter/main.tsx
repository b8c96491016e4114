// Starts the app: draws it, listens for the ways out, and greets the gateway.
import { render } from 'preact';
import { App } from './app.tsx';
import { AppContext } from './app_context.ts';
import { Controller } from './controller.ts';
import { keep_focus } from '../page/focus.ts';
import { on_shifts } from './quick_exit.ts';
import { make_session, test_languages } from './variant.ts';
import { kTestLanguages, preferred_language } from './words/languages.ts';
import './style/index.css';

kTestLanguages.push(...test_languages());
const kCallMs = 1000;
const app = new Controller(make_session(), preferred_language());

function show_language(): void {
  const { code, direction } = app.state.words;
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
}
app.subscribe(show_language);
show_language();

on_shifts((times) => {
  if (times === 3) app.quick_exit();
  else app.set({ shifts: times });
});

// Whoever taps a telephone number leaves nothing: they are not asked about it first.
let calling = -kCallMs;
addEventListener('click', ({ target, timeStamp }) => {
  if ((target as Element).matches('.phone')) calling = timeStamp;
});
addEventListener('beforeunload', (event) => {
  if (!app.leaving && event.timeStamp > calling + kCallMs && app.would_lose()) event.preventDefault();
});
addEventListener('pagehide', () => app.close()); // a page that the browser keeps for "back" holds nothing

const page = document.getElementById('app')!;
keep_focus(page);
render(
  <AppContext.Provider value={app}>
    <App />
  </AppContext.Provider>,
  page,
);
void app.greet();
