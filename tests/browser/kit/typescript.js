// A TypeScript module of clients/web in a browser test's own Node, loaded by the Vite that builds the pages: what the
// tests of both folders share stands once.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { kProject } from './browser.js';

const kWeb = `${kProject}clients/web/`;

// `path` from clients/web on; what the module exports.
export async function load(path) {
  const vite = createRequire(`${kWeb}package.json`).resolve('vite');
  const { runnerImport } = await import(pathToFileURL(vite));
  const { module } = await runnerImport(kWeb + path, { root: kWeb, configFile: false, logLevel: 'error' });
  return module;
}
