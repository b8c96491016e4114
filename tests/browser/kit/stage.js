// What a file of browser tests stands on: an organisation with its gateway, its pages, a browser, and a folder for
// files; or pages that need none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kFakeApp, launch } from './browser.js';
import { RealGateway } from './real.js';
import { serve } from './server.js';

// What was begun is taken down again when something of it fails.
async function built(stage, build) {
  stage.take_down = async () => {
    await stage.browser?.close();
    stage.server?.close();
    await stage.gateway?.stop();
    if (stage.folder) rmSync(stage.folder, { recursive: true, force: true });
  };
  try {
    await build();
  } catch (error) {
    await stage.take_down();
    throw error;
  }
  return stage;
}

// `pages` puts the pages in front of the gateway; `options` are RealGateway.start()'s.
export function set_up(pages, options) {
  const stage = { folder: mkdtempSync(join(tmpdir(), 'omzien-browser-')) };
  return built(stage, async () => {
    stage.gateway = await RealGateway.start(options);
    stage.server = await pages(stage.gateway);
    stage.browser = await launch();
  });
}

// The reporter's app that needs no gateway, and a browser started with `flags`.
export function set_up_fake(flags = []) {
  const stage = {};
  return built(stage, async () => {
    stage.server = await serve({ folder: kFakeApp });
    stage.browser = await launch(flags);
  });
}
