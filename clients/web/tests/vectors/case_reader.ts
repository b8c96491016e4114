// Reads case.json and cheats.json (tests/vectors/README.md): an organisation, its people, and logs with what each
// reader must see.
import { PayloadState, payloadStateNamed } from '../../generated/rules.ts';
import { parsePhrase } from '../../core/crypto/phrase.ts';
import { SigningSeed } from '../../core/crypto/signing.ts';
import { XWingSeed } from '../../core/crypto/xwing.ts';
import type { FetchedLog } from '../../core/case_log.ts';
import { Member, Reporter, type Identity } from '../../core/identity.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { MemberId, ServiceId } from '../../core/protocol/ids.ts';
import { bytes, fixed, readVectors } from '../support.ts';

export interface LogVector {
  readonly name: string;
  readonly directory: string;
  readonly phrase: string;
  readonly case_share: string;
  readonly entries: readonly (string | EntryVector)[];
  readonly breach?: string; // of the last entry
  readonly forbidden?: readonly { readonly seq: number; readonly breach: string }[]; // every one
  readonly breaks?: { readonly at: number; readonly why: string };
  readonly reads: Readonly<Record<string, ReadVector>>;
}
interface EntryVector {
  readonly header: string;
  readonly signature: string;
  readonly payload: string;
  readonly payload_state?: string;
}
// One of them.
export interface ReadVector {
  readonly case?: unknown;
  readonly alarms?: readonly { readonly seq: number; readonly kind: string }[];
  readonly error?: string;
}
interface File {
  readonly service_id: string;
  readonly directories: Readonly<Record<string, string>>;
  readonly people: readonly Record<'name' | 'member_id' | 'signing_seed' | 'xwing_seed', string>[];
  readonly logs: readonly LogVector[];
}

export class CaseVectors {
  private readonly file: File;
  readonly service: ServiceId;

  constructor(name: string) {
    this.file = readVectors<File>(name);
    this.service = fixed(ServiceId, this.file.service_id);
  }
  get logs(): readonly LogVector[] {
    return this.file.logs;
  }

  async directory(log: LogVector): Promise<Directory> {
    const parsed = await Directory.parse(bytes(this.file.directories[log.directory]!), this.service);
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  }
  owner(log: LogVector): Reporter {
    const phrase = parsePhrase(log.phrase);
    if (!phrase.ok) throw new Error(log.phrase);
    return new Reporter(phrase.value, this.service);
  }
  reader(log: LogVector, name: string): Identity {
    if (name === 'owner') return this.owner(log);
    const person = this.file.people.find((one) => one.name === name)!;
    const seeds = [fixed(XWingSeed, person.xwing_seed)];
    const [memberId, signingSeed] = [fixed(MemberId, person.member_id), fixed(SigningSeed, person.signing_seed)];
    return new Member({ memberId, signingSeed, xwingSeeds: seeds }, this.service);
  }
  fetched(log: LogVector): FetchedLog {
    const entries = log.entries.map((entry) => {
      const { header, signature, payload, payload_state } = this.resolve(entry);
      const payloadState = payload_state === undefined ? PayloadState.inline : payloadStateNamed(payload_state)!;
      return { header: bytes(header), signature: bytes(signature), payload: bytes(payload), payloadState };
    });
    return { caseShare: bytes(log.case_share), entries };
  }

  // "ordinary/3" is an entry of another log.
  private resolve(entry: string | EntryVector): EntryVector {
    if (typeof entry !== 'string') return entry;
    const [name, index] = entry.split('/');
    return this.resolve(this.logs.find((log) => log.name === name)!.entries[Number(index)]!);
  }
}
