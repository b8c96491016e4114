// Makes cases of real size through the real client and a running gateway, for whoever measures a full inbox:
//
//   node dist/time/many_cases.js URL SERVICE_ID ADVISER COUNT
//
// A story of three pages' length as people write them, who is involved, and a talk of a few messages of the reporter's.
// The opens a minute that a gateway takes must be set high enough for it.
import { CaseKind, Compartment, Lead, Want } from '../../generated/rules.ts';
import { Connection } from '../../core/connection.ts';
import { fromHex } from '../../core/crypto/bytes.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { Delivery } from '../../core/delivery.ts';
import type { Result } from '../../core/errors.ts';
import { hurry } from '../../core/hurry.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox, type Draft } from '../../core/outbox.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { httpTransport } from '../../core/transport.ts';
import { personNamed } from '../kit/named.ts';

const kAtOnce = 8;
const kMessages = 3;
const kSentences = [
  'Bij de briefing werd er weer om gelachen.',
  'Ik zei er niets van, want de vorige keer werd het daarna erger.',
  'Twee collega’s keken weg en één appte me later dat het hem speet.',
  'Het gaat nu al sinds het voorjaar zo, elke week wel een keer.',
  'Ik slaap er slecht van en ik denk erover om weg te gaan.',
];

const [url, service_hex, adviser, wanted] = process.argv.slice(2);
const service = ServiceId.from(fromHex(service_hex ?? '') ?? new Uint8Array(0));
const count = Number(wanted);
if (!url || !service || !adviser || !(count > 0)) {
  console.error('needs: URL SERVICE_ID ADVISER COUNT');
  process.exit(2);
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  console.error(result.error.message);
  process.exit(4);
}

const connection = new Connection(service, FrameSize.large);
const pacer = hurry(connection, httpTransport(url));
must(await connection.greet());

// About as long as people write: from a paragraph to three pages.
const story_of = (number: number): string =>
  Array.from({ length: 8 + ((number * 7) % 60) }, (_, i) => kSentences[(number + i * i) % kSentences.length]).join(' ');

async function make(number: number): Promise<void> {
  const phrase = generatePhrase(systemRandom, 'nl-1');
  const self = new Reporter(phrase, service!);
  phrase.wipe();
  const outbox = new Outbox();
  const send = async (draft: Draft): Promise<void> => {
    const { id } = outbox.add(draft, systemRandom);
    must(await new Delivery({ connection, self, outbox, random: systemRandom }).deliver(id));
  };
  const opening = { caseKind: CaseKind.report, wants: [Want.stop], lead: Lead.every_step, language: '' };
  const story = `Zaak ${number}. ${story_of(number)}`;
  const told = { opening, story, people: 'De ploegchef van team 4.', identity: '' };
  const { memberId } = personNamed(connection.directory, adviser!);
  await send({ kind: 'opening', story: told, to: [memberId], standIn: undefined });
  for (let i = 0; i < number % (kMessages + 1); ++i) {
    const event = { kind: 'message', text: kSentences[(number + i) % kSentences.length]! } as const;
    await send({ kind: 'event', handle: self.handle, compartment: Compartment.talk, event, urgent: number % 50 === 0 });
  }
  self.wipe();
}

let next = 0;
await Promise.all(
  Array.from({ length: kAtOnce }, async () => {
    while (next < count) await make(next++);
  }),
);
pacer.stop();
console.log(`${count} cases`);
