// What a file of browser tests stands on: an organisation with its gateway, its pages, a browser, and a folder for files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser.js';
import { RealGateway } from './real.js';

// `serve` puts the pages in front of the gateway; `options` are RealGateway.start()'s. What was begun is taken down again
// when something of it fails.
export async function set_up(serve, options) {
  const stage = { folder: mkdtempSync(join(tmpdir(), 'omzien-browser-')) };
  stage.take_down = async () => {
    await stage.browser?.close();
    stage.server?.close();
    await stage.gateway?.stop();
    rmSync(stage.folder, { recursive: true, force: true });
  };
  try {
    stage.gateway = await RealGateway.start(options);
    stage.server = await serve(stage.gateway);
    stage.browser = await launch();
  } catch (error) {
    await stage.take_down();
    throw error;
  }
  return stage;
}
