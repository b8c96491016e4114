// What can be done for secrets in a browser: they are bytes, never text, and overwritten when they are done with.
// JavaScript may have copied them before that, and says so to nobody; what is not kept can't be found, so no secret
// is stored.

export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

// The time depends on the lengths alone.
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; ++i) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}
