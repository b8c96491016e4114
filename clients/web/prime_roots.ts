// The constants of SHA-256 and SHA-512 as what they are: 900 bytes less to load. They are the first 32 and 64 bits
// behind the point of the cube roots of the first primes (FIPS 180-4, §4.2.2 and 4.2.3); noble's file lists both in
// full, and nothing packs them. A test holds what is reckoned here to that list, and the browsers' tests run on the
// result.
const kNoble = /\/@noble\/hashes\/sha2\.js$/;
const kShort = /const SHA256_K = [^;]*;/;
const kLong = /const K512 = [^;]*;/;

// The roots of the first 80 primes, 64 bits behind the point. By Newton from above: it falls until it is the root.
export function cube_roots(): bigint[] {
  const primes: bigint[] = [];
  return Array.from({ length: 80 }, () => {
    let prime = primes.at(-1) ?? 1n;
    do ++prime;
    while (primes.some((known) => prime % known === 0n));
    primes.push(prime);
    let root = 1n << 68n;
    for (let next = 0n; (next = (2n * root + (prime << 192n) / (root * root)) / 3n) < root; ) root = next;
    return BigInt.asUintN(64, root);
  });
}

export function with_roots(code: string): string {
  if (!kShort.test(code) || !kLong.test(code)) throw new Error('noble’s constants stand elsewhere');
  const made = cube_roots.toString().replace('function cube_roots()', 'const ROOTS = (function ()');
  return code
    .replace(kShort, `${made})();\nconst SHA256_K = Uint32Array.from(ROOTS.slice(0, 64), (root) => Number(root >> 32n));`)
    .replace(kLong, 'const K512 = u64.split(ROOTS);');
}

export function prime_roots() {
  return {
    name: 'omzien-prime-roots',
    transform: (code: string, id: string) => (kNoble.test(id) ? { code: with_roots(code), map: null } : undefined),
  };
}
