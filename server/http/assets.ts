import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { extname } from 'node:path';
import { Router, type Request } from 'express';
import type { Asset, Views } from './views.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

interface Stored {
  readonly type: string;
  readonly plain: Buffer;
  /** Null for files that are compressed already. */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

/**
 * The style sheet, script, font and pictures, from memory, compressed once at boot. Their addresses carry a
 * hash of their content, so browsers may keep them for ever.
 */
export function assets(views: Views): Router {
  const files = new Map(views.assets.map(asset => [asset.url, store(asset)]));
  const router = Router();
  router.get('/assets/{*path}', (req, res, next) => {
    const file = files.get(req.path);
    if (!file) return next();
    const encoding = encodingFor(req, file);
    if (encoding) res.set('Content-Encoding', encoding);
    res
      .set('Content-Type', file.type)
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .set('Vary', 'Accept-Encoding')
      .end(encoding ? file[encoding === 'br' ? 'br' : 'gzip'] : file.plain);
  });
  return router;
}

function store({ file, path }: Asset): Stored {
  const plain = readFileSync(file);
  const packed = extname(path) === '.woff2';
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    plain,
    br: packed ? null : brotliCompressSync(plain),
    gzip: packed ? null : gzipSync(plain),
  };
}

function encodingFor(req: Request, file: Stored): 'br' | 'gzip' | false {
  const wanted = file.br ? req.acceptsEncodings(['br', 'gzip']) : false;
  return wanted === 'br' || wanted === 'gzip' ? wanted : false;
}
