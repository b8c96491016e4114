// The browser's core at the demo's gateway, as the tests here begin.

import { Connection } from '../../core/connection.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { Delivery } from '../../core/delivery.ts';
import type { Expected } from '../../core/expected.ts';
import { hurry } from '../../core/hurry.ts';
import type { Reporter } from '../../core/identity.ts';
import { Outbox } from '../../core/outbox.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { httpTransport } from '../../core/transport.ts';
import { CaseKind, Lead } from '../../generated/rules.ts';
import { personNamed } from '../kit/named.ts';
import { fixed } from '../support.ts';
import type { Demo } from './demo.ts';

export function must<T, E>(result: Expected<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const serviceOf = ({ serviceId }: Demo): ServiceId => fixed(ServiceId, serviceId);

export interface Visit {
  readonly connection: Connection; // greeted
  stop(): void;
}

// A browser of its own, without cover.
export async function visit(
  demo: Demo,
  size: FrameSize = FrameSize.small,
  transport = httpTransport(demo.url),
): Promise<Visit> {
  const connection = new Connection(serviceOf(demo), size);
  const { stop } = hurry(connection, transport);
  must(await connection.greet());
  return { connection, stop };
}

// Opens a case of a few words, for one person to read.
export async function openCase(connection: Connection, self: Reporter, story: string, to = 'mieke'): Promise<void> {
  const outbox = new Outbox();
  const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
  const told = { opening, story, people: '', identity: '' };
  const { memberId } = personNamed(connection.directory, to);
  const { id } = outbox.add({ kind: 'opening', story: told, to: [memberId], standIn: undefined }, systemRandom);
  must(await new Delivery({ connection, self, outbox, random: systemRandom }).deliver(id));
}
