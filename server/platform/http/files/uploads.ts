import busboy from 'busboy';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../../errors.js';
import type { Actor } from '../../../policy.js';
import { actorOf } from '../page.js';

/** A file that came with a form. A browser sends an empty one, without a name, when none was chosen. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  /** It was larger than allowed; `bytes` is only its beginning. */
  readonly tooLarge: boolean;
}

/** Largest file, unless a page takes larger ones, and largest text field, in bytes. */
const MAX_FILE = 1_000_000;
const MAX_FIELD = 2_000_000;
/** A form larger than this is not read at all (bytes). A file only somewhat too large still gets a page that says so. */
const MAX_FORM = 10_000_000;

/** Largest file and form, in bytes, where a page takes larger ones. */
interface Sizes {
  readonly file?: number;
  readonly form?: number;
}

const uploads = new WeakMap<Request, Upload>();

/** The one file of a form that was read, or null. */
export const uploadOf = (req: Request): Upload | null => uploads.get(req) ?? null;

/**
 * Reads forms with a file (`multipart/form-data`) before the token is checked, which is one of their fields. It does so only
 * at paths that it `takes` and for people who `may`; for everybody else nothing is read, and the guard finds no token.
 * Throws 400 for a form that is broken and 413 for one that is far too large or does not say how large it is.
 */
export function formsWithFiles(
  takes: (path: string) => boolean,
  may: (actor: Actor | null, path: string) => boolean,
  { file: maxFile = MAX_FILE, form: maxForm = MAX_FORM }: Sizes = {},
): RequestHandler {
  const take = async (req: Request): Promise<void> => {
    const length = Number(req.headers['content-length']);
    if (!(length <= maxForm)) throw new AppError('The form is too large', 413);
    const { fields, file } = await read(req, maxFile);
    req.body = fields;
    if (file) uploads.set(req, file);
  };
  return (req, _res, next) => {
    const isForm = req.method === 'POST' && takes(req.path) && req.is('multipart/form-data');
    return isForm && may(actorOf(req), req.path) ? take(req).then(() => next()) : next();
  };
}

interface Form {
  readonly fields: Record<string, string>;
  readonly file: Upload | null;
}

const LIMITS = { fieldSize: MAX_FIELD, files: 1, fields: 10, parts: 12, headerPairs: 20 };
const broken = () => new AppError('The form is broken', 400);

async function read(req: Request, fileSize: number): Promise<Form> {
  const parser = parserOf(req, fileSize);
  return new Promise((resolve, reject) => {
    const refuse = () => reject(broken());
    const fields = Object.create(null) as Record<string, string>;
    let file: Upload | null = null;
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (nameTruncated || valueTruncated) return reject(new AppError('A field is too large', 413));
      fields[name] = value;
    });
    parser.on('file', (_field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', refuse);
      stream.on('close', () => {
        file = { name: filename ?? '', bytes: Buffer.concat(chunks), tooLarge: stream.truncated === true };
      });
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) parser.on(limit, refuse);
    parser.on('error', refuse);
    parser.on('close', () => resolve({ fields, file }));
    // The client disconnected before the end.
    req.on('close', () => req.complete || refuse());
    req.pipe(parser);
  });
}

function parserOf({ headers }: Request, fileSize: number): busboy.Busboy {
  try {
    return busboy({ headers, limits: { ...LIMITS, fileSize }, defParamCharset: 'utf8' });
  } catch {
    throw broken();
  }
}
