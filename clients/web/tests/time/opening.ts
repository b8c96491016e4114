// How long a returning reporter computes, from eight words to the timeline, and on what: `npm run time`, or without a
// JIT `npm run time:jitless`. Prints milliseconds of the processor; judges nothing, since machines differ.
import {
  CaseKind,
  Compartment,
  kTagOperationSignature,
  Lead,
  Milestone,
  OperationKind,
  PayloadState,
  Want,
} from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import { openLog, type FetchedLog } from '../../core/case_log.ts';
import { nativeEd25519, useNativeEd25519 } from '../../core/crypto/native_ed25519.ts';
import { generatePhrase, parsePhrase, type Phrase } from '../../core/crypto/phrase.ts';
import type { Event } from '../../core/event.ts';
import { Member, Reporter, type Identity } from '../../core/identity.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { encodeLog, parseLog, type StoredEntry } from '../../core/protocol/operations.ts';
import { sealEvent, type Place } from '../../core/seal.ts';
import { sealCase } from '../../core/seal_case.ts';
import { operationBytes } from '../../core/protocol/frame.ts';
import { Beacon, type ServiceId } from '../../core/protocol/ids.ts';
import { renderCase } from '../../core/render.ts';
import { Organisation } from '../kit/organisation.ts';
import { FixedRandom } from '../support.ts';

const organisation = new Organisation('time', 20_000);
const service: ServiceId = organisation.service;
const random = new FixedRandom('time');
const directory = await organisation.directory();
const words = generatePhrase(random, 'nl-1').revealText();

function phraseOf(text: string): Phrase {
  const phrase = parsePhrase(text);
  if (!phrase.ok) throw new Error('no phrase');
  return phrase.value;
}

// Fifteen entries and three grants: a report told to two advisers and a stand-in, and ten messages.
async function ordinaryCase(): Promise<FetchedLog> {
  const reporter = new Reporter(phraseOf(words), service);
  const certificate = (name: string) => organisation.checkedCertificate(name, directory);
  const readers = {
    advisers: [await certificate('mieke'), await certificate('youssef')],
    standIn: await certificate('ruud'),
  };
  const story = {
    opening: { caseKind: CaseKind.report, wants: [Want.stop], lead: Lead.every_step, language: '' },
    story: 'It happened again today. '.repeat(60),
    people: 'The team lead.',
    identity: '',
  };
  const sealed = await sealCase(reporter, story, readers, directory, organisation.day, random);
  const entries: StoredEntry[] = sealed.entries.map((entry) => ({
    header: entry.headerBytes,
    signature: entry.signature,
    payloadState: PayloadState.inline,
    payload: entry.payload,
  }));
  const log = { caseShare: sealed.share, entries };
  const opened = await openLog(log, reporter.handle, reporter, directory);
  if (!opened.ok) throw new Error(opened.error.message);
  const { chain, keys, share } = opened.value;
  const place: Place = { chain, day: organisation.day, directoryHash: directory.hash };
  const mieke = organisation.member('mieke');
  for (let i = 0; entries.length < 16; ++i) {
    const author: Identity = i % 2 === 0 ? mieke : reporter;
    const milestone = i === 0 ? Milestone.acknowledged : Milestone.none;
    const event: Event = { kind: 'message', text: `Message ${i}. `.repeat(10) };
    const target = { compartment: Compartment.talk, epoch: 1, milestone };
    const entry = await sealEvent(author, place, target, event, keys.get(Compartment.talk, 1)!, share!, random);
    entries.push({
      header: entry.headerBytes,
      signature: entry.signature,
      payloadState: PayloadState.inline,
      payload: entry.payload,
    });
  }
  return log;
}

const log = await ordinaryCase();
const body = encodeLog({ ...log, headSeq: log.entries.length - 1, headHash: directory.hash });

// Other programs on the machine do not count.
function busyMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const spent: [string, number][] = [];
async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const began = busyMs();
  const result = await work();
  spent.push([what, busyMs() - began]);
  return result;
}

async function open(): Promise<void> {
  spent.length = 0;
  const phrase = await timed('words → phrase', () => phraseOf(words));
  const reporter = await timed('phrase → keys, handle', () => new Reporter(phrase, service));
  await timed('sign the question', () =>
    reporter.signingKey.sign(
      kTagOperationSignature,
      operationBytes(service, Beacon.zeros(), OperationKind.read, new Uint8Array(40)),
    ),
  );
  const answer = await timed('read the answer', () => parseLog(body)!);
  const opened = await timed('open the log', () => openLog(answer, reporter.handle, reporter, directory));
  if (!opened.ok || opened.value.alarms.length > 0) throw new Error('the case does not open');
  const state = await timed('fold', () => fold(opened.value, directory));
  await timed('render', () => renderCase(opened.value, state));
}

async function report(title: string): Promise<void> {
  await open(); // tables, lists and code that only the first opening makes
  const first = spent.map(([what, ms]) => [what, ms] as const);
  await open();
  console.log(
    `${title}: ${log.entries.length} entries, ${Math.round(first.reduce((sum, [, ms]) => sum + ms, 0))} ms the first time`,
  );
  for (const [i, [what, ms]] of first.entries())
    console.log(`  ${ms.toFixed(1).padStart(7)} ${spent[i]![1].toFixed(1).padStart(7)}  ${what}`);
}

await timed('directory', () => Directory.parse(directory.bytes, service));
if ((await nativeEd25519()) !== undefined) await report("the browser's own Ed25519");
useNativeEd25519(undefined);
await report('noble alone');
const mieke: Member = organisation.member('mieke');
const began = busyMs();
await openLog(log, new Reporter(phraseOf(words), service).handle, mieke, directory);
console.log(`an adviser opens it: ${(busyMs() - began).toFixed(1)} ms`);
