// Which screen stands where.
import type { JSX } from 'preact';
import { WordsContext } from '../page/words/words_context.ts';
import { use_app } from './app_context.ts';
import type { Screen } from './flow.ts';
import { Frame } from './parts/frame.tsx';
import { Adviser } from './screens/adviser.tsx';
import { Another } from './screens/another.tsx';
import { Back } from './screens/back.tsx';
import { Before } from './screens/before.tsx';
import { Case } from './screens/case.tsx';
import { Check } from './screens/check.tsx';
import { Closed } from './screens/closed.tsx';
import { Complaint } from './screens/complaint.tsx';
import { Delegate } from './screens/delegate.tsx';
import { Dispute } from './screens/dispute.tsx';
import { Done } from './screens/done.tsx';
import { DraftOpen } from './screens/draft_open.tsx';
import { DraftSave } from './screens/draft_save.tsx';
import { Help } from './screens/help.tsx';
import { Honest } from './screens/honest.tsx';
import { Identify } from './screens/identify.tsx';
import { Identity } from './screens/identity.tsx';
import { LetIn } from './screens/let_in.tsx';
import { Phrase } from './screens/phrase.tsx';
import { Poster } from './screens/poster.tsx';
import { Prompt } from './screens/prompt.tsx';
import { Question } from './screens/question.tsx';
import { Review } from './screens/review.tsx';
import { StandIn } from './screens/stand_in.tsx';
import { Story } from './screens/story.tsx';
import { TakeAlong } from './screens/take_along.tsx';
import { TakeBack } from './screens/take_back.tsx';
import { Urgent } from './screens/urgent.tsx';
import { Want } from './screens/want.tsx';
import { Welcome } from './screens/welcome.tsx';
import { Withdraw, Withdrawn } from './screens/withdraw.tsx';

const kViews: Readonly<Record<Screen, () => JSX.Element | null>> = {
  welcome: Welcome,
  before: Before,
  story: Story,
  want: Want,
  where: () => <Prompt prompt="where" />,
  when: () => <Prompt prompt="when" />,
  who: () => <Prompt prompt="who" />,
  helped: () => <Prompt prompt="helped" />,
  adviser: Adviser,
  stand_in: StandIn,
  identity: Identity,
  review: Review,
  phrase: Phrase,
  check: Check,
  done: Done,
  back: Back,
  case: Case,
  urgent: Urgent,
  another: Another,
  question: Question,
  let_in: LetIn,
  take_back: TakeBack,
  delegate: Delegate,
  identify: Identify,
  dispute: Dispute,
  complaint: Complaint,
  take_along: TakeAlong,
  withdraw: Withdraw,
  withdrawn: Withdrawn,
  help: Help,
  honest: Honest,
  poster: Poster,
  draft_save: DraftSave,
  draft_open: DraftOpen,
  closed: Closed,
};

export function App() {
  const { state } = use_app();
  const View = kViews[state.screen];
  return (
    <WordsContext.Provider value={state.words}>
      <Frame>
        <View key={state.screen} />
      </Frame>
    </WordsContext.Provider>
  );
}
