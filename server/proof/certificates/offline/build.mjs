// Builds what checks certificates offline: a program and a page, one file each, with nothing to install. They are written to
// dist/offline, or to the folder that is named.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..', '..');
const out = process.argv[2] ?? join(root, 'dist', 'offline');
const browser = name => join(here, 'browser', name);

/** The linked-data packages are CommonJS and ask for Node's parts by `require`. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Checking asks no network: what could, is not even in the program. */
const withoutNetwork = {
  name: 'without-network',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@digitalbazaar\/http-client$/ }, () => ({
      path: 'http-client',
      namespace: 'nothing',
    }));
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export const httpClient = null;' }));
  },
};

const common = {
  bundle: true,
  write: false,
  absWorkingDir: root,
  logLevel: 'warning',
  legalComments: 'none',
};
const forNode = {
  ...common,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['rdf-canonize-native'],
  plugins: [withoutNetwork],
};

mkdirSync(out, { recursive: true });
await writeProgram();
await writePage();

async function writeProgram() {
  const banner = { js: `#!/usr/bin/env node\n${REQUIRE}` };
  const text = await textOf({ ...forNode, banner, entryPoints: [join(here, 'command.ts')] });
  put('safe-passage-verify.mjs', text, 0o755);
}

async function writePage() {
  const style = minimal(readFileSync(browser('page.css'), 'utf8'));
  const script = await textOf({
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    entryPoints: [browser('page.mjs')],
    inject: [browser('buffer.mjs')],
    plugins: [await inBrowsers()],
  });
  const policy = [
    "default-src 'none'",
    `script-src ${source(script)}`,
    `style-src ${source(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = readFileSync(browser('page.template'), 'utf8')
    .replace('POLICY', policy)
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script>${script}</script>`);
  put('safe-passage-verify.html', page, 0o644);
}

/** What the readers use of Node, and the linked-data libraries, have a smaller stand-in in browsers. */
async function inBrowsers() {
  const contexts = await pinnedContexts();
  return {
    name: 'in-browsers',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:zlib$/ }, () => ({ path: browser('zlib.ts') }));
      onResolve({ filter: /\/proofs\.js$/ }, () => ({ path: browser('proofs.ts') }));
      onResolve({ filter: /\/document-loader\.js$/ }, () => ({ path: 'loader', namespace: 'made' }));
      // Nothing is signed there, and no sum is compared.
      onResolve({ filter: /\/sign\.js$/ }, () => ({ path: 'sign', namespace: 'made' }));
      onLoad({ filter: /^loader$/, namespace: 'made' }, () => ({ contents: contexts }));
      onLoad({ filter: /^sign$/, namespace: 'made' }, () => ({
        contents: 'export const signCredential = undefined, hashOf = undefined;',
      }));
    },
  };
}

/** The contexts as the loader gives them once it has compared their sums. */
async function pinnedContexts() {
  const contents = `export * from './server/proof/open-badges/document-loader.ts'`;
  const stdin = { contents, resolveDir: root, loader: 'ts' };
  const loader = await textOf({ ...forNode, banner: { js: REQUIRE }, stdin });
  const path = join(out, `.${process.pid}-loader.mjs`);
  writeFileSync(path, loader);
  const { CERTIFICATE_CONTEXTS, STATUS_LIST_CONTEXTS, pinnedContexts: pinned } = await import(path);
  rmSync(path);
  return [
    `export const CERTIFICATE_CONTEXTS = ${JSON.stringify(CERTIFICATE_CONTEXTS)};`,
    `export const STATUS_LIST_CONTEXTS = ${JSON.stringify(STATUS_LIST_CONTEXTS)};`,
    `export const pinnedContexts = new Map(${JSON.stringify([...pinned])});`,
  ].join('\n');
}

/** Replaces the file at once: another process may be reading the old one, or building as well. */
function put(name, text, mode) {
  const path = join(out, `.${process.pid}-${name}`);
  writeFileSync(path, text, { mode });
  renameSync(path, join(out, name));
}

async function textOf(options) {
  const { outputFiles } = await build(options);
  return outputFiles[0].text;
}

function minimal(css) {
  return css.replace(/\s+/g, ' ').trim();
}

function source(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
