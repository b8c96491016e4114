// Which grants let nobody in: new keys for people who are in already, or who stand in already.
import type { OpenedCase } from '../core/case_log.ts';
import { equal } from '../core/crypto/bytes.ts';
import type { Directory } from '../core/protocol/directory.ts';
import type { MemberId } from '../core/protocol/ids.ts';

export function is_renewal({ entries }: OpenedCase, seq: number, directory: Directory): boolean {
  const { entry: { header }, byOwner } = entries[seq]!;
  const { fields, author, day, directoryHash } = header;
  if (fields.kind !== 'grant') return false;
  const { dormant, starts, members } = fields;
  const begins = starts.length > 0;
  // A member who begins an epoch adds nobody, and whoever stands in gets nothing but notes from one.
  if (!byOwner && (dormant || begins)) return true;
  if (byOwner && (dormant || !begins)) return false;
  const given = ({ entry: { header: { fields } }, counts }: (typeof entries)[number]): MemberId[] =>
    counts && fields.kind === 'grant' ? fields.members.map(({ memberId }) => memberId) : [];
  const inside = byOwner ? entries.slice(0, seq).flatMap(given) : [directory.author(author, day, directoryHash)?.memberId];
  return members.every(({ memberId }) => inside.some((id) => id && equal(id, memberId)));
}
