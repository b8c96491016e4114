// What mieke writes who would shut somebody out: the next epochs of these compartments by the rules, and another key
// for one of its readers than the case was committed to. No gateway can tell.
import { EntryKind, type Compartment } from '../../generated/rules.ts';
import { commit } from '../../core/crypto/commitment.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { nextEpochs } from '../../core/lead/next_epochs.ts';
import { randomKeys } from '../../core/lead/seal_lead.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { encodeWraps, ownerAsMember } from '../../core/protocol/wraps.ts';
import { memberOf } from '../../core/seal.ts';
import { sealEntry, sealWrap } from '../../core/seal_parts.ts';
import type { LeadTest } from './fixture.ts';

// `shutOut`: a name; nothing: the owner.
export const startWrongly = (it: LeadTest, compartments: readonly Compartment[], shutOut?: string): Promise<void> =>
  startEpoch(it, compartments, (who) => (shutOut === undefined ? who === undefined : who !== undefined && equal(who, it.id(shutOut))));

// `shut`: who gets the other key; nothing is the owner.
export async function startEpoch(
  it: LeadTest,
  compartments: readonly Compartment[],
  shut: (who: MemberId | undefined) => boolean,
): Promise<void> {
  const mieke = it.member('mieke');
  const { chain, access } = await it.opened(it.owner, it.everything());
  const { opening } = access;
  const place = { chain, day: it.day, directoryHash: it.directory.hash };
  const { starts: keys, readers } = nextEpochs(access, it.directory, compartments, it.day);
  const certificates = await it.certificates(readers.map(({ memberId }) => memberId));
  if (!certificates.ok) throw new Error(certificates.error.message);
  const [shown, hidden] = [randomKeys(keys, it.random), randomKeys(keys, it.random)];
  const grantees = readers.map((reader, i) => ({ certificate: certificates.value[i]!, keys: reader.keys, holder: false }));
  const ring = (who: MemberId | undefined) => (shut(who) ? hidden : shown);
  const wraps = grantees.map((grantee) => {
    const { xwingKey, memberId } = grantee.certificate.content;
    return sealWrap(mieke, place, xwingKey, memberOf(grantee), ring(memberId), it.random);
  });
  const owner = ownerAsMember(opening, keys);
  wraps.push(sealWrap(mieke, place, opening.ownerXwingKey, owner, ring(undefined), it.random));
  const starts = keys.map((key) => ({ ...key, commitment: commit(shown.get(key.compartment, key.epoch)!) }));
  const awake = { dormant: false, standsInFor: MemberId.zeros() };
  const fields = { kind: 'grant', members: grantees.map(memberOf), starts, ...awake, ownerKeys: keys } as const;
  it.entries.push(await sealEntry(mieke, place, EntryKind.grant, fields, it.random, () => encodeWraps(wraps)));
}
