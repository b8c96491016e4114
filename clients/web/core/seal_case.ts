// A whole new case: opened, told and granted in one go (protocol §3).

import {
  CaseKind,
  Compartment,
  kOpeningAdviser,
  kOpeningCoordinator,
  kOpeningReflection,
  kOpeningStandIn,
  Role,
} from '../generated/rules.ts';
import { CaseShare } from './crypto/case_share.ts';
import { Digest } from './crypto/hash.ts';
import type { Random } from './crypto/random.ts';
import type { Event, Opening, Report } from './event.ts';
import type { Reporter } from './identity.ts';
import { KeyRing } from './key_ring.ts';
import type { Certificate } from './protocol/certificate.ts';
import { Chain } from './protocol/chain.ts';
import type { Directory } from './protocol/directory.ts';
import type { CompartmentEpoch } from './protocol/entry.ts';
import type { Day } from './protocol/ids.ts';
import { kOwnersCompartments } from './protocol/kinds.ts';
import { sealEvent, sealGrant, sealOpen, type Grantee, type Place, type SealedEntry } from './seal.ts';
import { atOnce, type Work } from './turns.ts';

// Who reads a new case. The first adviser is the holder.
export interface Readers {
  readonly advisers: readonly Certificate[];
  readonly standIn: Certificate | undefined;
}

// What a reporter wrote. Empty texts are not sent, but the story always is.
export interface Story {
  readonly opening: Omit<Opening, 'kind'>;
  readonly story: string;
  readonly answers?: Report['answers']; // to optional prompts, beside the story
  readonly people: string;
  readonly identity: string;
}

export interface SealedCase {
  readonly share: CaseShare;
  readonly entries: readonly SealedEntry[]; // Open, the opening, the report's parts, then grants
}

const kFirstEpoch = 1;

// What the role's first grant holds (proto/rules/case.toml).
function openingCompartments(role: Role): readonly Compartment[] {
  switch (role) {
    case Role.stand_in: return kOpeningStandIn;
    case Role.coordinator:
    case Role.cdo: return kOpeningCoordinator;
    case Role.reflection: return kOpeningReflection;
    default: return kOpeningAdviser;
  }
}

function openingKeys(role: Role, withIdentity: boolean): CompartmentEpoch[] {
  const compartments = [...openingCompartments(role), ...(withIdentity ? [Compartment.identity] : [])];
  return compartments.sort((a, b) => a - b).map((compartment) => ({ compartment, epoch: kFirstEpoch }));
}

// The grant to advisers is one entry; the identity, if told, is granted to the holder alone; a stand-in's dormant grant
// is an entry of its own. Pieces of work get their turn by `work`: see turns.ts.
export async function sealCase(
  reporter: Reporter,
  story: Story,
  readers: Readers,
  directory: Directory,
  today: Day,
  random: Random,
  work: Work = atOnce,
): Promise<SealedCase> {
  const ring = new KeyRing();
  for (const compartment of kOwnersCompartments)
    ring.set(compartment, kFirstEpoch, reporter.derive(compartment, kFirstEpoch, Digest.zeros()));
  const share = CaseShare.random(random);
  const place: Place = {
    chain: new Chain(directory.service, reporter.handle),
    day: today,
    directoryHash: directory.hash,
  };
  const signal = story.opening.caseKind === CaseKind.signal;
  await work(() => reporter.xwingKey());
  const entries = [await work(() => sealOpen(reporter, place, ring, share, signal, random))];

  const tell = async (compartment: Compartment, event: Event): Promise<void> => {
    const key = ring.get(compartment, kFirstEpoch)!;
    const target = { compartment, epoch: kFirstEpoch };
    entries.push(await work(() => sealEvent(reporter, place, target, event, key, share, random)));
  };
  const report = (text: string, answers: Report['answers'] = []): Report => ({ kind: 'report', text, answers });
  await tell(Compartment.talk, { kind: 'opening', ...story.opening });
  await tell(Compartment.story, report(story.story, story.answers));
  if (story.people !== '') await tell(Compartment.people, report(story.people));
  if (story.identity !== '') await tell(Compartment.identity, report(story.identity));

  const granteeOf = (certificate: Certificate, withIdentity: boolean, holder: boolean): Grantee => {
    const { role } = directory.person(certificate.content.memberId)!;
    return { certificate, keys: openingKeys(role, withIdentity), holder };
  };
  const grant = async (grantees: Grantee[], standsInFor?: Certificate): Promise<void> => {
    const lead = standsInFor?.content.memberId;
    entries.push(await sealGrant(reporter, place, grantees, lead, ring, random, work));
  };
  await grant(readers.advisers.map((adviser, i) => granteeOf(adviser, i === 0 && story.identity !== '', i === 0)));
  if (readers.standIn) await grant([granteeOf(readers.standIn, false, true)], readers.advisers[0]);
  ring.wipe();
  return { share, entries };
}
