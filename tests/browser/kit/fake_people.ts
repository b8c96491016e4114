// The invented organisation and cases of the fake session.
import type {
  CaseView,
  NewCase,
  Organisation,
  Person,
  RowContent,
  TimelineRow,
} from '../../../clients/web/reporter/session.ts';

export const kFakeDay = 20_780;
export const kFakePhrase = ['kastanje', 'molen', 'fiets', 'oever', 'tafel', 'regen', 'lantaarn', 'dorp'];

const kUnits = [
  { id: 1, name: 'Noord' },
  { id: 2, name: 'Academie' },
  { id: 3, name: 'Landelijk' },
];

function person(id: string, name: string, unit_id: number, languages: string[], line: string, stand_in = false): Person {
  const unit = kUnits[unit_id - 1]!.name;
  return { id, name, unit_id, unit, languages, line, stand_in, key_changed_day: name === 'anouk' ? kFakeDay - 9 : null };
}

const kTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  help_line: {
    nl: 'Direct gevaar? Bel 112. Bedrijfsmaatschappelijk werk: 088-1234567.',
    en: 'In immediate danger? Call 112. Staff support: 088-1234567.',
  },
  quick_exit_url: { nl: 'https://neutral.example/', en: 'https://neutral.example/' },
};

export const kFakeOrganisation: Organisation = {
  name: 'Politie Voorbeeldland',
  fingerprint: 'a3f19c0b77e2d458'.repeat(4),
  units: kUnits,
  advisers: [
    person('01', 'mieke', 1, ['nl', 'en'], 'Twaalf jaar op straat, nu vertrouwenspersoon.'),
    person('02', 'youssef', 1, ['nl', 'en', 'ar'], 'Ik luister eerst.'),
    person('03', 'anouk', 2, ['nl'], 'Voor studenten en docenten.'),
    person('04', 'ruud', 1, ['nl'], 'Ik neem waar bij ziekte en verlof.', true),
  ],
  signal_readers: [person('05', 'coordinator', 3, ['nl'], 'Landelijk coördinator.')],
  acknowledge_days: 7,
  feedback_months: 3,
  review_overdue: false,
  text: (key, language) => kTexts[key]?.[language] ?? kTexts[key]?.['nl'] ?? '',
};

type Said = readonly [author: string, days_ago: number, content: RowContent];

const kOpening: readonly Said[] = [
  ['', 9, { kind: 'open' }],
  ['', 9, { kind: 'opening', case_kind: 'report', wants: ['stop', 'heard'], lead: 'every_step' }],
  [
    '',
    9,
    {
      kind: 'report',
      compartment: 'story',
      text: 'Bij de briefing zegt de ploegchef dat ‘mijn soort’ wel weer de makkelijke dienst wil. Iedereen lacht.',
    },
  ],
  ['', 9, { kind: 'grant', names: ['mieke'], dormant: false }],
  ['', 9, { kind: 'grant', names: ['ruud'], dormant: true }],
];
const kAnswered: readonly Said[] = [
  ...kOpening,
  ['mieke', 6, { kind: 'message', text: 'Goed dat je dit vertelt. Ik heb het gelezen.\nZullen we een keer bellen?', urgent: false }],
  ['', 5, { kind: 'message', text: 'Liever hier. شكرا', urgent: false }],
  ['mieke', 2, { kind: 'status', state: 'active', text: 'Ik zoek uit wat we kunnen doen.' }],
  ['mieke', 1, { kind: 'message', text: 'Mag ik dit met de coördinator bespreken, zonder jouw naam?', urgent: false }],
];

const kVariants: Readonly<Record<string, readonly Said[]>> = {
  fresh: kOpening,
  answered: kAnswered,
  closed: [
    ...kAnswered,
    [
      'mieke',
      0,
      {
        kind: 'outcome',
        text: 'De ploegchef is aangesproken. Het team krijgt een gesprek onder leiding.',
        reason: 'Er waren drie meldingen over hetzelfde.',
      },
    ],
  ],
  alarm: [...kAnswered, ['ilse', 0, { kind: 'unknown' }]],
};

export function fake_case(variant: string, filed: NewCase | null): CaseView {
  const said = filed ? kOpening : (kVariants[variant] ?? kAnswered);
  const rows: TimelineRow[] = said.map(([author, days_ago, content], seq) => ({
    seq,
    day: kFakeDay - (filed ? 0 : days_ago),
    mine: author === '',
    author,
    counts: author !== 'ilse',
    content: filed && content.kind === 'report' ? { ...content, text: filed.story } : content,
  }));
  const answered = !filed && variant !== 'fresh';
  const opened = filed ? kFakeDay : kFakeDay - 9;
  return {
    handle_words: 'kastanje-molen-42',
    kind: filed?.kind ?? 'report',
    state: variant === 'closed' ? 'closed' : answered ? 'active' : 'opened',
    day_opened: opened,
    today: kFakeDay,
    urgent: false,
    waiting_for: variant === 'closed' ? 'nobody' : answered ? 'reporter' : 'adviser',
    clocks: {
      acknowledge: { due_day: opened + 7, met_day: answered ? opened + 3 : null },
      feedback: { due_day: opened + 94, met_day: null },
    },
    rows,
    access: [
      { name: 'mieke', compartments: ['story', 'people', 'talk', 'summary'], since_day: opened, dormant: false, holder: true },
      { name: 'ruud', compartments: ['story', 'people', 'talk', 'summary'], since_day: opened, dormant: true, holder: false },
    ],
    alarms: variant === 'alarm' ? [{ seq: 9, kind: 'rule_broken' }] : [],
  };
}
