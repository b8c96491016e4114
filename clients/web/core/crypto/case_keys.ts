// The reporter's keys of one case: all grow from the access phrase, so nothing has to be kept.
//
//   root            = HKDF-Extract(salt = service id, ikm = phrase in normal form)
//   of a complaint  : root = HKDF-Expand(the root above, tag phrase_complaint)                     32 bytes
//   signing seed    = HKDF-Expand(root, tag phrase_signing)                                        32 bytes, Ed25519
//   X-Wing seed     = HKDF-Expand(root, tag phrase_xwing)                                          32 bytes
//   compartment key = HKDF-Expand(root, tag phrase_compartment ‖
//                                       fields (u32 compartment, u32 epoch, prev_hash))            32 bytes
//   local key       = HKDF-Expand(root, tag phrase_outbox)                                         32 bytes
//   local name      = HKDF-Expand(root, tag phrase_outbox_name)                                    16 bytes, public
//
// A complaint about how a case is handled is a case by itself, that nobody who reads the first one hears of; the same
// words open both. Without the words the two keys have nothing to do with each other.
//
// No password hash: at 103 bits or more a phrase needs none (protocol §7).

import {
  kTagPhraseCompartment,
  kTagPhraseComplaint,
  kTagPhraseOutbox,
  kTagPhraseOutboxName,
  kTagPhraseSigning,
  kTagPhraseXwing,
  type Compartment,
} from '../../generated/rules.ts';
import type { ServiceId } from '../protocol/ids.ts';
import { asBytes, concat } from './bytes.ts';
import { CompartmentKey } from './commitment.ts';
import { FieldList, type Digest } from './hash.ts';
import { hkdfExpandKey, hkdfExtract, PseudorandomKey } from './hkdf.ts';
import { LocalKey, LocalName } from './local_seal.ts';
import type { Phrase } from './phrase.ts';
import { wipe } from './secret.ts';
import { SigningKey, SigningSeed } from './signing.ts';
import { xwingPublicKey, XWingSeed, type XWingPublicKey } from './xwing.ts';

// Which of a phrase's two cases.
export type PhraseCase = 'report' | 'complaint';

export class CaseKeys {
  readonly xwingSeed: XWingSeed;
  readonly localKey: LocalKey;
  readonly localName: LocalName;
  private readonly root: PseudorandomKey;
  private signing: SigningKey | undefined;
  private xwingKey: XWingPublicKey | undefined;

  constructor(phrase: Phrase, serviceId: ServiceId, which: PhraseCase = 'report') {
    const root = hkdfExtract(serviceId, phrase.reveal());
    this.root = which === 'report' ? root : hkdfExpandKey(PseudorandomKey, root, kTagPhraseComplaint);
    if (this.root !== root) wipe(root);
    this.xwingSeed = hkdfExpandKey(XWingSeed, this.root, kTagPhraseXwing);
    this.localKey = hkdfExpandKey(LocalKey, this.root, kTagPhraseOutbox);
    this.localName = hkdfExpandKey(LocalName, this.root, kTagPhraseOutboxName);
  }

  // Public keys take long, so each is made when first asked for: a draft needs none of them, a returning reporter only
  // the first.
  get signingKey(): SigningKey {
    if (this.signing === undefined) {
      const seed = hkdfExpandKey(SigningSeed, this.root, kTagPhraseSigning);
      this.signing = new SigningKey(seed);
      wipe(seed);
    }
    return this.signing;
  }
  xwingPublicKey(): XWingPublicKey {
    this.xwingKey ??= xwingPublicKey(this.xwingSeed);
    return this.xwingKey;
  }

  // A key of an epoch that the reporter starts. `prevHash` is the one in the header of the entry that starts it (zeros
  // for Open), so a key belongs to one history: after a rolled-back log another key comes.
  compartmentKey(compartment: Compartment, epoch: number, prevHash: Digest): CompartmentKey {
    const fields = new FieldList().appendU32(compartment).appendU32(epoch).append(prevHash);
    return hkdfExpandKey(CompartmentKey, this.root, concat(asBytes(kTagPhraseCompartment), fields.bytes()));
  }

  wipe(): void {
    wipe(this.root, this.xwingSeed, this.localKey);
    this.signing?.wipe();
  }
}
