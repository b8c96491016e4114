// Our HPKE against an independent one: @hpke/core with X-Wing and ChaCha20-Poly1305. Thousands of random
// messages each way; altered ones are refused on both sides.
import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { after, before, test } from "node:test";

import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

import { Peer, hex, unhex } from "./peer.js";

const messages = Number(process.env.OMZIEN_PEER_MESSAGES ?? 3000);
const alteredEvery = 10;
const plaintextBytesMax = 4096;

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const peer = new Peer(process.env.OMZIEN_PEER);
const people = [];

// Some people, each known to both sides by one 32-byte seed.
before(async () => {
  for (let i = 0; i < 20; i++) {
    const seed = randomBytes(32);
    const answer = await peer.ask({ op: "public_key", seed: hex(seed) });
    const privateKey = await kem.importKey("raw", new Uint8Array(seed), false);
    const publicKey = await kem.importKey("raw", unhex(answer.public_key), true);
    people.push({ seed, privateKey, publicKey, publicHex: answer.public_key });
  }
});
after(() => peer.close());

const somebody = () => people[randomInt(people.length)];

const randomMessage = () => ({
  info: new Uint8Array(randomBytes(randomInt(200))),
  aad: new Uint8Array(randomBytes(randomInt(100))),
  plaintext: new Uint8Array(randomBytes(randomInt(plaintextBytesMax + 1))),
});

const withTurnedBit = (bytes) => {
  const copy = new Uint8Array(bytes);
  copy[randomInt(copy.length)] ^= 1 << randomInt(8);
  return copy;
};

// One thing about a sealed message is changed: where, and the message.
function altered({ enc, ciphertext, info, aad }) {
  const parts = { enc, ciphertext, info, aad };
  const names = Object.keys(parts).filter((name) => parts[name].length > 0);
  const name = names[randomInt(names.length)];
  return { name, sealed: { ...parts, [name]: withTurnedBit(parts[name]) } };
}

const openHere = ({ privateKey }, { enc, ciphertext, info, aad }) =>
  suite.open({ recipientKey: privateKey, enc, info }, ciphertext, aad).then((plain) => new Uint8Array(plain));

const openThere = ({ seed }, { enc, ciphertext, info, aad }) =>
  peer.ask({ op: "open", seed: hex(seed), enc: hex(enc), info: hex(info), aad: hex(aad), ciphertext: hex(ciphertext) });

test("both sides make the same public key from a seed", async () => {
  for (const person of people) {
    const pair = await kem.generateKeyPairDerand(new Uint8Array(person.seed));
    assert.equal(hex(await kem.serializePublicKey(pair.publicKey)), person.publicHex);
  }
});

test(`${messages} messages sealed by Omzien are opened by the peer, altered ones refused`, async () => {
  for (let i = 0; i < messages; i++) {
    const person = somebody();
    const { info, aad, plaintext } = randomMessage();
    const answer = await peer.ask({
      op: "seal", public_key: person.publicHex, info: hex(info), aad: hex(aad), plaintext: hex(plaintext),
    });
    const sealed = { enc: unhex(answer.enc), ciphertext: unhex(answer.ciphertext), info, aad };
    assert.deepEqual(await openHere(person, sealed), plaintext);
    if (i % alteredEvery === 0) {
      const change = altered(sealed);
      await assert.rejects(openHere(person, change.sealed), `altered ${change.name}`);
    }
  }
});

test(`${messages} messages sealed by the peer are opened by Omzien, altered ones refused`, async () => {
  for (let i = 0; i < messages; i++) {
    const person = somebody();
    const { info, aad, plaintext } = randomMessage();
    const made = await suite.seal({ recipientPublicKey: person.publicKey, info }, plaintext, aad);
    const sealed = { enc: new Uint8Array(made.enc), ciphertext: new Uint8Array(made.ct), info, aad };
    assert.deepEqual(await openThere(person, sealed), { plaintext: hex(plaintext) });
    if (i % alteredEvery === 0) {
      const change = altered(sealed);
      assert.deepEqual(await openThere(person, change.sealed), { error: "refused" }, `altered ${change.name}`);
    }
  }
});

test("a message for one person is refused to another, on both sides", async () => {
  const [one, other] = people;
  const { info, aad, plaintext } = randomMessage();
  const made = await suite.seal({ recipientPublicKey: one.publicKey, info }, plaintext, aad);
  const sealed = { enc: new Uint8Array(made.enc), ciphertext: new Uint8Array(made.ct), info, aad };
  assert.deepEqual(await openThere(other, sealed), { error: "refused" });
  await assert.rejects(openHere(other, sealed));
});
