// Whether somebody is away today, as they said themself, and who takes their place.
import { toHex } from '../../core/crypto/bytes.ts';
import type { Presence } from '../../core/protocol/availability.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import type { MemberId } from '../../core/protocol/ids.ts';
import { format_day } from '../../page/words/format.ts';
import type { Words } from '../words/shape.ts';
import { person_word } from './names.ts';

// Empty: they are here, or it was not asked yet.
export function away_word(id: MemberId, presences: ReadonlyMap<string, Presence>, directory: Directory, t: Words): string {
  const presence = presences.get(toHex(id));
  if (!presence || presence.awayUntilDay === 0) return '';
  const away = t.away.away(format_day(presence.awayUntilDay, t));
  return presence.standIn ? `${away}; ${t.away.instead(person_word(presence.standIn, directory, t))}` : away;
}
