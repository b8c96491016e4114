// The invented organisation and cases of the fake session.
import type { Delegation, LeadView, Proposal } from '../../../clients/web/reporter/lead.ts';
import type {
  AccessRow,
  Alarm,
  CaseView,
  Colleague,
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
  return { id, name, unit_id, unit, seat: 'adviser', languages, line, stand_in, key_changed_day: key_changed_day(name) };
}
const key_changed_day = (name: string): Day | null => (name === 'anouk' ? kFakeDay - 9 : null);

const kColleagues: readonly (readonly [id: string, name: string, unit_id: number, seat: Colleague['seat']])[] = [
  ['01', 'mieke', 1, 'adviser'],
  ['02', 'youssef', 1, 'adviser'],
  ['03', 'anouk', 2, 'adviser'],
  ['04', 'ruud', 1, 'adviser'],
  ['05', 'coordinator', 3, 'coordinator'],
  ['06', 'ilse', 1, 'triage'],
  ['07', 'tarik', 1, 'triage'],
  ['08', 'bram', 1, 'triage'],
  ['09', 'cdo', 3, 'other'],
];

const kTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  help_line: {
    nl: 'Direct gevaar? Bel 112. Bedrijfsmaatschappelijk werk: 088-1234567.',
    en: 'In immediate danger? Call 112. Staff support: 088-1234567.',
  },
  step_share_triage: {
    nl: 'Het verhaal delen met de triagecommissie',
    en: 'Share the story with the triage committee',
  },
  step_team_lead: { nl: 'Praten met de teamleider', en: 'Talk to the team lead' },
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
  people: kColleagues.map(([id, name, unit_id, seat]) => ({
    id, name, unit_id, unit: kUnits[unit_id - 1]!.name, seat, key_changed_day: key_changed_day(name),
  })),
  acknowledge_days: 7,
  review_overdue: false,
  text: (key, language) => kTexts[key]?.[language] ?? kTexts[key]?.['nl'] ?? '',
};

type Said = readonly [author: string, days_ago: number, content: RowContent];

const kOpening: readonly Said[] = [
  ['', 9, { kind: 'open' }],
  ['', 9, { kind: 'opening', case_kind: 'report', wants: ['stop', 'heard'] }],
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

const kStep: readonly Said[] = [
  ['mieke', 1, { kind: 'proposal', seq: kAnswered.length, step: 'share_triage', text: 'De commissie kan de ploegchef aanspreken. Ik vertel er niets bij.' }],
];
const kProposal: Proposal = {
  seq: kAnswered.length,
  author: 'mieke',
  day: kFakeDay - 1,
  step: 'share_triage',
  text: 'De commissie kan de ploegchef aanspreken. Ik vertel er niets bij.',
  readers: [
    { id: '06', name: 'ilse', compartments: ['summary'], last_day: null, lead: false },
    { id: '07', name: 'tarik', compartments: ['summary'], last_day: kFakeDay + 90, lead: false },
  ],
  summary: 'In een team worden bij de briefing grappen gemaakt over afkomst. De leiding lacht mee.',
  standing: 'open',
  decision: null,
};
const kOther: Proposal = { ...kProposal, seq: 90, step: '', text: '', readers: [], summary: '', standing: 'put_off' };
const kDelegation: Delegation = { id: '01', name: 'mieke', people: ['ilse', 'tarik'], compartments: ['summary'], last_day: kFakeDay + 30 };

const kQuiet: LeadView = { proposals: [], delegations: [], unconsented: [], news: [], stays: false, erase_day: null, outcome_by: null, erased_day: null };
const kLeads: Readonly<Record<string, Partial<LeadView>>> = {
  answered: { news: [{ kind: 'messages', count: 1 }] },
  asked: { proposals: [kProposal, kOther], delegations: [{ ...kDelegation, people: ['ilse'] }], news: [{ kind: 'messages', count: 1 }] },
  closed: { erase_day: kFakeDay + 730, outcome_by: kAnswered.length },
  erased: { erased_day: kFakeDay },
  paused: {
    news: [
      { kind: 'left', name: 'ruud', day: kFakeDay - 4 },
      { kind: 'key_changed', name: 'mieke', day: kFakeDay - 3 },
      { kind: 'released', name: 'youssef', day: kFakeDay - 3 },
    ],
  },
  alarm: {
    unconsented: [
      { seq: 9, day: kFakeDay, name: 'mieke', cause: 'danger', text: 'Ik heb de meldkamer gebeld, omdat er een wapen in het spel was.' },
    ],
  },
  lead: {
    proposals: [{ ...kProposal, standing: 'answered', decision: { seq: kAnswered.length + 3, choice: 'yes_if', text: 'Zonder namen.', day: kFakeDay, carried_out: true } }],
    delegations: [kDelegation],
    news: [
      { kind: 'identity_opened', name: 'mieke', day: kFakeDay },
      { kind: 'let_in', name: 'mieke', names: ['tarik'], day: kFakeDay },
    ],
  },
};

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
  asked: [...kAnswered, ...kStep],
  erased: [...kOpening.slice(0, 1), ...kOpening.slice(3), ['', 0, { kind: 'purge' }]],
  paused: [...kAnswered, ['mieke', 0, { kind: 'status', state: 'paused', text: '' }]],
  lead: [
    ...kAnswered,
    ...kStep,
    ['', 1, { kind: 'summary', text: kProposal.summary }],
    ['', 1, { kind: 'grant', names: ['ilse', 'tarik'], dormant: false }],
    ['', 1, { kind: 'decision', proposal: kAnswered.length, step: 'share_triage', choice: 'yes_if', text: 'Zonder namen.' }],
    ['', 1, { kind: 'report', compartment: 'identity', text: 'Ik ben Sam.' }],
    ['', 1, { kind: 'grant', names: ['mieke'], dormant: false }],
    ['', 1, { kind: 'delegate', name: 'mieke', names: ['ilse', 'tarik'], ended: false }],
    ['', 1, { kind: 'revoke', names: ['bram'] }],
    ['mieke', 0, { kind: 'identity_opened' }],
    ['mieke', 0, { kind: 'grant', names: ['tarik'], dormant: false }],
    ['mieke', 0, { kind: 'retraction', step: 'team_lead' }],
    ['ilse', 0, { kind: 'triage', ruling: 'conversation', text: 'Een gesprek met het team.', reason: 'Er zijn meer meldingen.' }],
    ['coordinator', 0, { kind: 'consultation', text: 'Begin met een gesprek.' }],
    ['youssef', 0, { kind: 'release', name: 'youssef', own: true }],
    ['youssef', 0, { kind: 'renewed' }],
  ],
  alarm: [...kAnswered, ['mieke', 0, { kind: 'unconsented', text: 'Ik heb de meldkamer gebeld, omdat er een wapen in het spel was.' }], ['ilse', 0, { kind: 'unknown' }]],
};

const kMieke: AccessRow = {
  id: '01',
  name: 'mieke',
  compartments: ['story', 'people', 'talk', 'summary'],
  since_day: kFakeDay,
  last_day: null,
  dormant: false,
  stands_in_for: '',
  holder: true,
};
const kCommittee: readonly AccessRow[] = [
  { ...kMieke, compartments: ['identity'] },
  { ...kMieke, id: '06', name: 'ilse', compartments: ['summary'], holder: false },
  { ...kMieke, id: '07', name: 'tarik', compartments: ['summary'], last_day: kFakeDay + 90, holder: false },
];

// Two people's, and at last of another kind.
const kAlarms: readonly Alarm[] = Array.from({ length: 12 }, (_, i) => ({
  seq: 20 - i,
  kind: i === 11 ? 'altered' : 'rule_broken',
  mine: false,
  author: i === 0 ? 'mieke' : 'ilse',
  day: kFakeDay - i,
}));

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
    state: variant === 'closed' ? 'closed' : variant === 'paused' ? 'paused' : answered ? 'active' : 'opened',
    day_opened: opened,
    today: kFakeDay,
    urgent: false,
    waiting_for: variant === 'closed' ? 'nobody' : answered ? 'reporter' : 'adviser',
    clocks: {
      acknowledge: { due_day: opened + 7, met_day: answered ? opened + 3 : null, met_by: answered ? 5 : null },
      feedback: { due_day: opened + 94, met_day: null, met_by: null },
    },
    rows,
    access: [
      { ...kMieke, since_day: opened },
      { ...kMieke, id: '04', name: 'ruud', since_day: opened, dormant: true, stands_in_for: 'mieke', holder: false },
      ...(variant === 'lead' ? kCommittee : []),
    ],
    ...kQuiet,
    ...(filed ? {} : kLeads[variant]),
    alarms: variant === 'alarm' ? kAlarms : [],
  };
}
