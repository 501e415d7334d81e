import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { extname } from 'node:path';
import { Router, type Request, type Response } from 'express';
import { translator } from '../i18n/i18n.js';
import type { Asset, Views } from './views.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** These are packed by their own format. */
const PACKED = /\.(png|woff2)$/;

/** The whole source of the worker; `worker.js` among the assets is never loaded under its hashed address. */
const WORKER = 'worker.js';

/** What a page that is read without a line needs. No quiz is, so its script is not here. */
const WITHOUT_A_LINE = /^(app\.css|(app|copies|marks)\.js|(plain-)?icon\.svg|fonts\/radio-canada\.woff2)$/;

const isNeeded = ({ path }: Asset): boolean => WITHOUT_A_LINE.test(path);

/** For ever: the address carries a hash of all files. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The address stays while the content changes: ask each time, and be told that nothing changed. */
const ASK_AGAIN = 'no-cache';

/** Browsers read the manifest with every page; a day old is new enough for a name and a picture. */
const A_DAY = 'public, max-age=86400';

interface Stored {
  readonly type: string;
  readonly keep: string;
  /** Of the content as it is; what is packed has one of its own (RFC 9110, section 8.8.3). */
  readonly tag: string;
  readonly plain: Buffer;
  /** Null for files that are compressed already. */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

/**
 * The style sheet, scripts, font and pictures, the worker and the manifest: from memory, compressed once at boot.
 */
export function assets(views: Views): Router {
  const files = new Map(views.assets.map(asset => [asset.url, storedAsset(asset)]));
  const worker = store(workerOf(views), { type: TYPES['.js'] ?? '', keep: ASK_AGAIN });
  const manifest = manifestOf(views, { name: 'frame.title', icons: 'icons/' });
  const plainManifest = manifestOf(views, { name: 'frame.plainName', icons: 'icons/plain-' });

  const router = Router();
  router.get('/assets/{*path}', (req, res, next) => {
    const file = files.get(req.path);
    if (!file) return next();
    send(req, res, file);
  });
  // At the top: a worker looks after the addresses at and below its own.
  router.get('/worker.js', (req, res) => send(req, res, worker));
  router.get('/app.webmanifest', (req, res) => send(req, res, manifest));
  // For whoever chose not to be told apart over their shoulder.
  router.get('/plain.webmanifest', (req, res) => send(req, res, plainManifest));
  // What a page kept on a device needs beside its text.
  router.get('/offline/assets', (_req, res) => {
    res.set('Cache-Control', 'no-store').json(views.assets.filter(isNeeded).map(({ url }) => url));
  });
  return router;
}

/** The worker, told which files it keeps. It differs as soon as one of them does, and that is how browsers learn of it. */
function workerOf({ assets: all, assetPrefix }: Views): Buffer {
  const source = all.find(({ path }) => path === WORKER);
  const told = { name: `shell:${assetPrefix}`, assets: all.filter(isNeeded).map(({ url }) => url) };
  return Buffer.from(
    `const SHELL = ${JSON.stringify(told)};\n${source ? readFileSync(source.file, 'utf8') : ''}`,
  );
}

/** On a phone's screen it says no more than the title of a page does: neutral words, a picture of an arch. */
function manifestOf({ assetUrls }: Views, { name, icons }: { name: string; icons: string }): Stored {
  const text = translator('en')(name);
  const icon = (size: number, purpose: string) => ({
    src: assetUrls.get(`${icons}${purpose}-${size}.png`),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const manifest = {
    id: '/',
    name: text,
    short_name: text,
    lang: 'en',
    start_url: '/learning',
    scope: '/',
    display: 'minimal-ui',
    background_color: '#ffffff',
    theme_color: '#0b4a57',
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
  };
  const type = 'application/manifest+json; charset=utf-8';
  return store(Buffer.from(JSON.stringify(manifest)), { type, keep: A_DAY });
}

function storedAsset({ file, path }: Asset): Stored {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return store(readFileSync(file), { type, keep: FOR_EVER, isPacked: PACKED.test(path) });
}

function store(
  plain: Buffer,
  { type, keep, isPacked = false }: { type: string; keep: string; isPacked?: boolean },
): Stored {
  return {
    type,
    keep,
    tag: createHash('sha256').update(plain).digest('base64url').slice(0, 16),
    plain,
    br: isPacked ? null : brotliCompressSync(plain),
    gzip: isPacked ? null : gzipSync(plain, { level: 9 }),
  };
}

function send(req: Request, res: Response, file: Stored): void {
  const encoding = encodingFor(req, file);
  const tag = `"${file.tag}${encoding ? `-${encoding}` : ''}"`;
  res.set({ 'Cache-Control': file.keep, Vary: 'Accept-Encoding', ETag: tag });
  // `fresh` compares If-None-Match with the tag just set.
  if (req.fresh) return void res.status(304).end();
  if (encoding) res.set('Content-Encoding', encoding);
  res.set('Content-Type', file.type).end(encoding ? file[encoding] : file.plain);
}

function encodingFor(req: Request, file: Stored): 'br' | 'gzip' | null {
  const wanted = file.br ? req.acceptsEncodings(['br', 'gzip']) : false;
  return wanted === 'br' || wanted === 'gzip' ? wanted : null;
}
