// A test tool: serves a built app with the production headers, and passes the exchange on to a
// gateway if there is one. The gateway itself serves these files in production.
import { createServer, request } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

// Design §8, whole.
export const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const kHeaders = {
  'Content-Security-Policy': kPolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), interest-cohort=()',
};

function pass_on(incoming, outgoing, gateway, lost) {
  const onward = request(new URL(incoming.url, gateway), {
    method: incoming.method,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': incoming.headers['content-length'],
    },
  });
  onward.on('response', (answer) => {
    if (lost) return answer.resume().on('end', () => outgoing.destroy());
    outgoing.writeHead(answer.statusCode, { ...answer.headers, 'Cache-Control': 'no-store' });
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

// `alter(path, bytes)` may change a file on its way out: a server that lies. `loses_answers()` lets the
// gateway do what it was asked, and the page not hear of it. `headers` replaces the production ones.
export async function serve(options) {
  const { folder, gateway, alter, loses_answers, headers } = {
    gateway: null,
    alter: (_path, bytes) => bytes,
    loses_answers: () => false,
    headers: kHeaders,
    ...options,
  };
  const seen = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url === '/' ? '/index.html' : incoming.url;
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers });
    if (path === '/v1/exchange' && gateway) return pass_on(incoming, outgoing, gateway, loses_answers());
    const file = join(folder, normalize(path));
    if (!file.startsWith(folder) || !existsSync(file) || incoming.method !== 'GET') {
      outgoing.writeHead(404, headers).end();
      return;
    }
    const type = kTypes[extname(file)] ?? 'application/octet-stream';
    outgoing.writeHead(200, { ...headers, 'Content-Type': type }).end(alter(path, readFileSync(file)));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}
