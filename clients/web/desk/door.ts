// How a person gets in and out: the key file and its passphrase, the lock, and joining by an invitation.
import { asBytes, equal, toHex } from '../core/crypto/bytes.ts';
import { openLocal, sealLocal } from '../core/crypto/local_seal.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { parseInvitation } from '../core/protocol/enrolment.ts';
import { kind_of } from '../page/session_error.ts';
import type { Controller } from './controller.ts';
import { is_typing } from './drafts.ts';
import { enrolled, type Enrolled } from './enrolment.ts';
import { forget_copy, keep_copy, read_copy } from './key_copy.ts';
import { OpenRefused, type DeskSession } from './session.ts';
import { kNotJoining, kNotOpening, type Kept } from './state.ts';

const kFileBytesMax = 65_536; // no key file comes near
const kPurpose = 'desk'; // of what is sealed while the desk is locked

export class Door {
  // What was typed and is not sent, by the member who typed it.
  private readonly sealed_ = new Map<string, Uint8Array>();
  private keeps_made_ = false; // this browser keeps the key file that was made here
  private readonly typed_ = new Set<string>(); // who typed a text among that

  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {}

  // --- the key file ---

  async look_for_copy(): Promise<void> {
    const copy = await read_copy();
    if (copy) this.app_.set({ key_file: copy, kept: true });
  }
  // Not while one is being opened: it would be opened a second time.
  async choose_file(file: File): Promise<void> {
    if (this.app_.state.opening.going) return;
    const found = file.size > kFileBytesMax ? null : await file.arrayBuffer().catch(() => null);
    if (!found) return this.app_.set({ opening: { ...kNotOpening, trouble: 'not a key file' } });
    const bytes = new Uint8Array(found);
    this.app_.set({ key_file: { name: file.name, bytes }, kept: false, opening: kNotOpening });
  }
  async forget_file(): Promise<void> {
    if (this.app_.state.opening.going) return;
    if (await forget_copy()) this.app_.set({ key_file: null, kept: false, opening: kNotOpening });
    else this.app_.set({ opening: { ...kNotOpening, trouble: 'not forgotten' } });
  }

  // --- opening and locking ---

  async open(passphrase: string, keep: boolean): Promise<void> {
    const { key_file, kept, opening } = this.app_.state;
    if (!key_file || opening.going) return;
    this.app_.set({ opening: { going: true, part: 0, trouble: null } });
    try {
      const progress = (part: number): void => this.app_.set({ opening: { going: true, part, trouble: null } });
      const me = await this.session_.open(key_file.bytes, passphrase, progress);
      const now_kept = kept || (keep && (await keep_copy(key_file)));
      const found = this.unseal();
      this.app_.set({ me, kept: now_kept, screen: 'inbox', opening: kNotOpening, idle: false, waits: this.typed_.size > 0 });
      await this.app_.unlocked(found);
    } catch (error) {
      const trouble = error instanceof OpenRefused ? error.trouble : kind_of(error);
      this.app_.set({ opening: { going: false, part: 0, trouble } });
    }
  }

  // Whom the directory does not show any more, or shows with another key, stands before the door again.
  turn_out(error: unknown): never {
    if (error instanceof OpenRefused) {
      this.lock(false);
      this.app_.set({ opening: { ...kNotOpening, trouble: error.trouble } });
    }
    throw error;
  }

  // Every secret is wiped; what was typed stays, sealed under a key that only the passphrase brings back.
  lock(idle: boolean): void {
    if (!this.app_.state.me) return;
    const { localKey, memberId } = this.session_.member;
    const kept = this.app_.put_away();
    if (Object.keys(kept.drafts).length > 0 || kept.unanswered.length > 0 || kept.base !== null || kept.at !== null)
      this.sealed_.set(toHex(memberId), sealLocal(localKey, kPurpose, asBytes(JSON.stringify(kept)), systemRandom));
    this.session_.close();
    if (is_typing(kept.drafts)) this.typed_.add(toHex(memberId));
    this.app_.set({ idle, waits: this.typed_.size > 0 });
  }
  private unseal(): Kept | undefined {
    const { localKey, memberId } = this.session_.member;
    const sealed = this.sealed_.get(toHex(memberId));
    this.sealed_.delete(toHex(memberId));
    this.typed_.delete(toHex(memberId));
    const opened = sealed && openLocal(localKey, kPurpose, sealed);
    return opened?.ok ? (JSON.parse(new TextDecoder().decode(opened.value)) as Kept) : undefined;
  }

  // --- joining ---

  // The page was opened by a link of `omzien admin invite`.
  invited(link: string): void {
    const found = parseInvitation(link);
    const is_ours = found !== undefined && equal(found.serviceId, this.session_.service);
    this.app_.set({ screen: 'join', invitation: is_ours ? found : null });
  }
  async join(passphrase: string, keep: boolean): Promise<void> {
    const { invitation, joining } = this.app_.state;
    if (!invitation || joining.going) return;
    const progress = (part: number): void => this.app_.set({ joining: { ...kNotJoining, going: true, part } });
    progress(0);
    try {
      const made = await enrolled(invitation, passphrase, this.session_.today, systemRandom, progress);
      this.keeps_made_ = keep && (await keep_copy({ name: `${invitation.name}.key`, bytes: made.key_file }));
      this.app_.set({ joining: { ...kNotJoining, made } });
    } catch (error) {
      this.app_.set({ joining: { ...kNotJoining, trouble: kind_of(error) } });
    }
  }
  // On to the desk's door, where the new key file lies ready. An older one that this browser keeps is another.
  joined({ key_file }: Enrolled, name: string): void {
    const copy = { name: `${name}.key`, bytes: key_file };
    this.app_.set({ screen: 'open', key_file: copy, kept: this.keeps_made_, invitation: null, joining: kNotJoining });
  }
}
