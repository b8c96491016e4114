// from_typescript/case.json: whole cases made by core/seal_case and core/seal, and what each of their readers sees. The
// layout is that of case.json (tests/vectors/README.md), so each language reads both with one reader.
import { CaseKind, CaseState, Compartment, Lead, Milestone, PayloadState, Want } from '../../generated/rules.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { fold } from '../../core/case_state.ts';
import { openLog, type FetchedLog } from '../../core/case_log.ts';
import type { Event } from '../../core/event.ts';
import { Reporter, type Identity } from '../../core/identity.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import { renderCase } from '../../core/render.ts';
import { sealEvent, type EventTarget, type Place, type SealedEntry } from '../../core/seal.ts';
import { sealCase, type Story } from '../../core/seal_case.ts';
import { Organisation } from '../kit/organisation.ts';
import { FixedRandom } from '../support.ts';

const kDay = 20_600;

interface Step {
  readonly by: string; // 'owner', or a name
  readonly day: number; // after the first
  readonly target: Omit<EventTarget, 'epoch'>;
  readonly event: Event;
}

interface Plan {
  readonly name: string;
  readonly story: Omit<Story, 'opening'>;
  readonly kind: CaseKind;
  readonly advisers: readonly string[];
  readonly standIn?: string;
  readonly steps: readonly Step[];
  readonly readers: readonly string[];
}

const talk = (more: Partial<EventTarget> = {}) => ({ compartment: Compartment.talk, ...more });
const message = (text: string): Event => ({ kind: 'message', text });

const kPlans: readonly Plan[] = [
  {
    name: 'a report with every part, answered and closed',
    story: {
      story: 'Het gebeurde weer. \u{1f327}',
      answers: [{ prompt: 'where', text: 'op de gang' }],
      people: 'De chef.',
      identity: 'Sam',
    },
    kind: CaseKind.report,
    advisers: ['mieke', 'youssef'],
    standIn: 'ruud',
    steps: [
      { by: 'owner', day: 1, target: talk({ urgent: true }), event: message('Het kan niet wachten.') },
      {
        by: 'mieke',
        day: 2,
        target: talk({ milestone: Milestone.acknowledged }),
        event: message('Goed dat je dit vertelt.'),
      },
      {
        by: 'mieke',
        day: 2,
        target: talk(),
        event: { kind: 'status', state: CaseState.active, text: 'Ik praat met Youssef.' },
      },
      {
        by: 'owner',
        day: 9,
        target: { compartment: Compartment.summary },
        event: { kind: 'summary', text: 'Kort.', proposalSeq: 0 },
      },
      { by: 'owner', day: 30, target: talk(), event: { kind: 'stay', ended: false, text: '' } },
      {
        by: 'youssef',
        day: 30,
        target: talk({ milestone: Milestone.outcome }),
        event: { kind: 'outcome', text: 'Gesprek.', reason: 'Zo gewild.' },
      },
      { by: 'owner', day: 31, target: talk(), event: message('Dank je.') },
    ],
    readers: ['owner', 'mieke', 'youssef', 'ruud', 'anouk'],
  },
  {
    name: 'a signal, which nobody waits for',
    story: { story: 'In de kantine.', people: '', identity: '' },
    kind: CaseKind.signal,
    advisers: ['coordinator'],
    steps: [],
    readers: ['owner', 'coordinator'],
  },
];

class Maker {
  private readonly random: FixedRandom;
  constructor(
    private readonly organisation: Organisation,
    private readonly directory: Directory,
    seed: string,
  ) {
    this.random = new FixedRandom(seed);
  }

  async make({ name, story, kind, advisers, standIn, steps, readers }: Plan) {
    const { organisation, directory, random } = this;
    const phrase = generatePhrase(random, 'nl-1');
    const reporter = new Reporter(phrase, organisation.service);
    const certificate = (who: string) => organisation.checkedCertificate(who, directory);
    const sealed = await sealCase(
      reporter,
      {
        opening: { caseKind: kind, wants: [Want.stop, Want.heard], lead: Lead.adviser_shares, language: 'nl' },
        ...story,
      },
      {
        advisers: await Promise.all(advisers.map(certificate)),
        standIn: standIn ? await certificate(standIn) : undefined,
      },
      directory,
      kDay,
      random,
    );
    const whoIs = (who: string): Identity => (who === 'owner' ? reporter : organisation.member(who));
    const entries = await this.goOn(sealed.share, sealed.entries, reporter, steps, whoIs);
    const log = logOf(sealed.share, entries);
    const reads: Record<string, unknown> = {};
    for (const who of readers) {
      const opened = await openLog(log, reporter.handle, whoIs(who), directory);
      if (!opened.ok) throw new Error(opened.error.message);
      reads[who] = { case: renderCase(opened.value, fold(opened.value, directory)) };
    }
    return {
      name,
      directory: 'first',
      phrase: phrase.revealText(),
      case_share: toHex(sealed.share),
      entries: log.entries.map(({ header, signature, payload }) => ({
        header: toHex(header),
        signature: toHex(signature),
        payload: toHex(payload),
      })),
      reads,
    };
  }

  // Each step in the place where the log ends, as its author finds it.
  private async goOn(
    share: Uint8Array,
    opening: readonly SealedEntry[],
    reporter: Reporter,
    steps: readonly Step[],
    whoIs: (who: string) => Identity,
  ): Promise<readonly SealedEntry[]> {
    const entries = [...opening];
    for (const { by, day, target, event } of steps) {
      const self = whoIs(by);
      const opened = await openLog(logOf(share, entries), reporter.handle, self, this.directory);
      if (!opened.ok) throw new Error(opened.error.message);
      const { chain, keys, share: checked } = opened.value;
      const place: Place = { chain, day: kDay + day, directoryHash: this.directory.hash };
      const key = keys.get(target.compartment, 1)!;
      entries.push(await sealEvent(self, place, { ...target, epoch: 1 }, event, key, checked!, this.random));
    }
    return entries;
  }
}

function logOf(share: Uint8Array, entries: readonly SealedEntry[]): FetchedLog {
  const stored = entries.map(({ headerBytes, signature, payload }) => ({
    header: headerBytes,
    signature,
    payloadState: PayloadState.inline,
    payload,
  }));
  return { caseShare: share, entries: stored };
}

export async function cases() {
  const organisation = new Organisation('typescript cases', kDay);
  const directory = await organisation.directory();
  const logs = [];
  for (const plan of kPlans) logs.push(await new Maker(organisation, directory, plan.name).make(plan));
  return {
    service_id: toHex(organisation.service),
    directories: { first: toHex(directory.bytes) },
    people: await Promise.all(
      organisation.people.map(async (one) => ({
        name: one.name,
        member_id: toHex(one.id),
        signing_seed: toHex(one.signingSeed),
        xwing_seed: toHex(one.xwingSeed),
        certificate: toHex(await organisation.certificate(one)),
      })),
    ),
    logs,
  };
}
