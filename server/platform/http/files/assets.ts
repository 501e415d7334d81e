import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { extname } from 'node:path';
import { Router, type Request, type Response } from 'express';
import { translator } from '../../i18n/i18n.js';
import { answerWithFile } from '../security/security.js';
import type { Asset, Views } from '../views.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Formats that are already compressed. */
const COMPRESSED = /\.(png|woff2)$/;

/** The whole source of the worker; `worker.js` among the assets is never loaded under its hashed address. */
const WORKER = 'worker.js';

/** What a page that is read offline needs. No quiz works offline, so its script is not here. */
const OFFLINE =
  /^((app|learning)\.css|(app|copies|marks)\.js|(plain-)?icon\.svg|fonts\/radio-canada\.woff2)$/;

const isNeeded = ({ path }: Asset): boolean => OFFLINE.test(path);

/** For ever: the address holds a hash of all files. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The address stays while the content changes: browsers ask each time, and learn that nothing changed. */
const ASK_AGAIN = 'no-cache';

/** Browsers read the manifest with every page; a name and a picture may be a day old. */
const A_DAY = 'public, max-age=86400';

interface Stored {
  readonly type: string;
  readonly cacheControl: string;
  /** The entity tag of the uncompressed content; each encoding has its own (RFC 9110, section 8.8.3). */
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
  const { files, worker, manifest, plainManifest } = storedOf(views);

  const router = Router();
  router.get('/assets/{*path}', (req, res, next) => {
    const file = files.get(req.path);
    if (!file) return next();
    answerWithFile(res);
    send(req, res, file);
  });
  // At the top: a service worker controls the addresses at and below its own.
  router.get('/worker.js', (req, res) => send(req, res, worker));
  router.get('/app.webmanifest', (req, res) => send(req, res, manifest));
  // For people who chose discreet pages.
  router.get('/plain.webmanifest', (req, res) => send(req, res, plainManifest));
  // What a page stored on a device needs besides its text.
  router.get('/offline/assets', (_req, res) => {
    res.set('Cache-Control', 'no-store').json(views.assets.filter(isNeeded).map(({ url }) => url));
  });
  return router;
}

const known = new WeakMap<Views, ReturnType<typeof compressed>>();

/** Compressing takes longer than anything else that an app is made of, so a second app of this process does without. */
function storedOf(views: Views): ReturnType<typeof compressed> {
  const stored = known.get(views) ?? compressed(views);
  known.set(views, stored);
  return stored;
}

const compressed = (views: Views) => ({
  files: new Map(views.assets.map(asset => [asset.url, storedAsset(asset)])),
  worker: store(workerOf(views), { type: TYPES['.js'] ?? '', cacheControl: ASK_AGAIN }),
  manifest: manifestOf(views, { name: 'frame.title', icons: 'icons/' }),
  plainManifest: manifestOf(views, { name: 'frame.plainName', icons: 'icons/plain-' }),
});

/** The worker with the list of files that it stores. It changes when one of them does, which tells browsers to update. */
function workerOf({ assets: all, assetPrefix }: Views): Buffer {
  const source = all.find(({ path }) => path === WORKER);
  const told = { name: `shell:${assetPrefix}`, assets: all.filter(isNeeded).map(({ url }) => url) };
  return Buffer.from(
    `const SHELL = ${JSON.stringify(told)};\n${source ? readFileSync(source.file, 'utf8') : ''}`,
  );
}

/** The manifest shows no more on a phone's screen than a page's title does: neutral words, a picture of an arch. */
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
  return store(Buffer.from(JSON.stringify(manifest)), { type, cacheControl: A_DAY });
}

function storedAsset({ file, path }: Asset): Stored {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return store(readFileSync(file), { type, cacheControl: FOR_EVER, isCompressed: COMPRESSED.test(path) });
}

function store(
  plain: Buffer,
  {
    type,
    cacheControl,
    isCompressed = false,
  }: { type: string; cacheControl: string; isCompressed?: boolean },
): Stored {
  return {
    type,
    cacheControl,
    tag: createHash('sha256').update(plain).digest('base64url').slice(0, 16),
    plain,
    br: isCompressed ? null : brotliCompressSync(plain),
    gzip: isCompressed ? null : gzipSync(plain, { level: 9 }),
  };
}

function send(req: Request, res: Response, file: Stored): void {
  const encoding = encodingFor(req, file);
  const tag = `"${file.tag}${encoding ? `-${encoding}` : ''}"`;
  res.set({ 'Cache-Control': file.cacheControl, Vary: 'Accept-Encoding', ETag: tag });
  // `fresh` compares If-None-Match with the tag just set.
  if (req.fresh) return void res.status(304).end();
  if (encoding) res.set('Content-Encoding', encoding);
  res.set('Content-Type', file.type).end(encoding ? file[encoding] : file.plain);
}

function encodingFor(req: Request, file: Stored): 'br' | 'gzip' | null {
  const wanted = file.br ? req.acceptsEncodings(['br', 'gzip']) : false;
  return wanted === 'br' || wanted === 'gzip' ? wanted : null;
}
