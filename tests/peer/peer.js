// Talks to omzien-peer (omzien_peer.cpp): one request a line, one answer a line, in order.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export const hex = (bytes) => Buffer.from(bytes).toString("hex");
export const unhex = (digits) => new Uint8Array(Buffer.from(digits, "hex"));

export class Peer {
  #process;
  #waiting = [];

  constructor(program) {
    this.#process = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#waiting.shift().resolve(JSON.parse(line)));
    this.#process.on("error", (error) => this.#fail(error));
    this.#process.on("close", (code) => this.#fail(new Error(`the peer ended with ${code}`)));
  }

  ask(request) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(JSON.stringify(request) + "\n");
    });
  }

  close() {
    this.#process.stdin.end();
  }

  #fail(error) {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
