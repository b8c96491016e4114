// Which screen stands where.
import type { JSX } from 'preact';
import { WordsContext } from '../page/words/words_context.ts';
import { use_app } from './app_context.ts';
import type { Screen } from './state.ts';
import { Frame } from './parts/frame.tsx';
import { Case } from './screens/case.tsx';
import { Inbox } from './screens/inbox.tsx';
import { Join } from './screens/join.tsx';
import { Open } from './screens/open.tsx';

const kViews: Readonly<Record<Screen, () => JSX.Element>> = { open: Open, join: Join, inbox: Inbox, case: Case };

export function App() {
  const { state } = use_app();
  const View = kViews[state.screen];
  return (
    <WordsContext.Provider value={state.words}>
      <Frame>
        <View key={`${state.screen} ${state.open_case?.row.key ?? ''}`} />
      </Frame>
    </WordsContext.Provider>
  );
}
