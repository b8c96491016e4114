// Makes an organisation's copy of a build, of the reporter's app or the desk: node organise.js DIST OUT --service-id HEX [--name NAME] [--icon FILE.svg]
//
// A build is the same bytes for everybody, so it can be compared. What differs per organisation is made here: the
// fingerprint of its root key in index.html, the name and the icon that a phone shows (something neutral, if the
// organisation wants that). Beside each file stands NAME.br and NAME.gz, where that is smaller: the gateway does not
// compress. OUT is replaced as a whole, or not touched.
//
// Exit codes: 0 done, 1 a defect in this program, 2 bad input.
import {
  existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kNoService = '0'.repeat(64);
const kServiceMeta = (hex) => `<meta name="omzien-service" content="${hex}" />`;
const kAnyService = /<meta name="omzien-service" content="[0-9a-f]{64}" \/>/;
const kTitle = /<title>[^<]*<\/title>/;
const kNameLettersMax = 40; // phones cut longer ones under an icon
const kIconBytesMax = 65_536;
const kText = /\.(html|js|css|svg|webmanifest|txt)$/;

class BadInput extends Error {}
const refuse = (why) => {
  throw new BadInput(why);
};

function checked_service(hex) {
  if (!/^[0-9a-fA-F]{64}$/.test(hex ?? '')) refuse('--service-id: needs 64 hexadecimal digits');
  if (hex === kNoService) refuse('--service-id: zeros are no organisation');
  return hex.toLowerCase();
}

function checked_name(typed) {
  const name = typed.trim().normalize('NFC');
  const letters = [...name].length;
  if (letters === 0 || letters > kNameLettersMax) refuse(`--name: needs 1 to ${kNameLettersMax} letters`);
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name)) refuse('--name: has letters that cannot be seen');
  return name;
}

// A picture and nothing else: the policy would stop a script in it too, but it has no business there.
function checked_icon(file) {
  if (!existsSync(file)) refuse(`--icon: there is no ${file}`);
  if (lstatSync(file).size > kIconBytesMax) refuse(`--icon: ${file} has more than ${kIconBytesMax} bytes`);
  const icon = readFileSync(file, 'utf8');
  if (!/^\s*(<\?xml[^>]*\?>\s*)?(<!--[^]*?-->\s*)*<svg[\s>]/.test(icon) || icon.includes('\ufffd'))
    refuse(`--icon: ${file} is no SVG picture`);
  const unwanted = /<\s*(script|foreignObject|iframe|!DOCTYPE|!ENTITY)|[\s"'/]on\w+\s*=|javascript:/i.exec(icon);
  if (unwanted) refuse(`--icon: ${file} is more than a picture: it has ${unwanted[0].trim()}`);
  if (/(href|src)\s*=\s*["']?\s*(?!["'#\s]|data:image\/(png|jpeg);)|url\(\s*["']?\s*(?!["'#\s])/i.test(icon))
    refuse(`--icon: ${file} fetches something from elsewhere`);
  return icon;
}

// Exactly one, so that nothing is replaced in a file that is not ours.
function replaced_once(text, what, by, where) {
  if (text.split(what).length !== 2) refuse(`${where} is no build of this app, or is an organisation's already`);
  return text.replace(what, () => by);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// Name → bytes, of the whole build.
function read_build(folder) {
  if (!existsSync(join(folder, 'index.html'))) refuse(`${folder} has no index.html: npm run app makes it`);
  const files = new Map();
  for (const name of readdirSync(folder).sort()) {
    if (!lstatSync(join(folder, name)).isFile()) refuse(`${join(folder, name)} is no file`);
    if (!/\.(br|gz)$/.test(name)) files.set(name, readFileSync(join(folder, name)));
  }
  return files;
}

function change(files, name, changed) {
  const before = files.get(name) ?? refuse(`the build has no ${name}`);
  files.set(name, Buffer.from(changed(before.toString('utf8'))));
}

function organise(files, { service, name, icon }) {
  change(files, 'index.html', (html) => {
    const ours = replaced_once(html, kServiceMeta(kNoService), kServiceMeta(service), 'index.html');
    return name === undefined ? ours : replaced_once(ours, kTitle, `<title>${escaped(name)}</title>`, 'index.html');
  });
  // The desk is opened in a browser and has none.
  if (name !== undefined && files.has('manifest.webmanifest'))
    change(files, 'manifest.webmanifest', (manifest) =>
      `${JSON.stringify({ ...JSON.parse(manifest), name, short_name: name }, null, 2)}\n`);
  if (icon !== undefined) change(files, 'icon.svg', () => icon);
}

function add_compressed(files) {
  for (const [name, bytes] of [...files]) {
    if (!kText.test(name)) continue;
    const params = {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    const coded = { br: brotliCompressSync(bytes, { params }), gz: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }) };
    for (const [suffix, small] of Object.entries(coded))
      if (small.length < bytes.length) files.set(`${name}.${suffix}`, small);
  }
}

// Only what this program made before is ever taken away.
function check_replaceable(folder) {
  if (!existsSync(folder)) return;
  const index = join(folder, 'index.html');
  const ours = existsSync(index) && kAnyService.test(readFileSync(index, 'utf8'));
  if (!ours && (!lstatSync(folder).isDirectory() || readdirSync(folder).length > 0))
    refuse(`${folder} is there already, and no copy of this app`);
}

// A folder cannot be replaced in one step. Cut off between the two, OUT is missing, which the gateway says when it
// starts; one that runs has its files in memory.
function write(files, folder) {
  check_replaceable(folder);
  mkdirSync(dirname(folder), { recursive: true });
  const aside = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const made = join(aside, 'made');
    mkdirSync(made);
    for (const [name, bytes] of files) writeFileSync(join(made, name), bytes);
    const before = join(aside, 'before');
    if (existsSync(folder)) renameSync(folder, before);
    try {
      renameSync(made, folder);
    } catch (error) {
      if (existsSync(before)) renameSync(before, folder);
      throw error;
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function arguments_of(argv) {
  const options = { 'service-id': { type: 'string' }, name: { type: 'string' }, icon: { type: 'string' } };
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (positionals.length !== 2) refuse('needs two folders: DIST OUT');
    return { values, dist: resolve(positionals[0]), out: resolve(positionals[1]) };
  } catch (error) {
    throw String(error.code).startsWith('ERR_PARSE_ARGS') ? new BadInput(error.message) : error;
  }
}

function main(argv) {
  const { values, dist, out } = arguments_of(argv);
  if (`${out}/`.startsWith(`${dist}/`) || `${dist}/`.startsWith(`${out}/`)) refuse('DIST and OUT are in one another');
  const choice = {
    service: checked_service(values['service-id']),
    name: values.name === undefined ? undefined : checked_name(values.name),
    icon: values.icon === undefined ? undefined : checked_icon(values.icon),
  };
  const files = read_build(dist);
  organise(files, choice);
  add_compressed(files);
  write(files, out);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const bad = error instanceof BadInput || (typeof error.code === 'string' && error.syscall !== undefined);
  console.error(bad ? `organise: ${error.message}` : error);
  process.exitCode = bad ? 2 : 1;
}
