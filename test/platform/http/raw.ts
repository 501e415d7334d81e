import { request } from 'node:http';
import { world } from '../../support/world.js';

/** An answer as it comes over the wire; no redirect is followed. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** The server, if not the world's. */
  readonly base?: string;
}

/** Send exactly these headers and this path, as no browser would. */
export function raw(
  path: string,
  { method = 'GET', headers = {}, body, base }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(base ?? world().base);
  const accept = { accept: 'text/html' };
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((done, failed) => {
    const asked = request(
      { hostname, port, path, method, headers: { ...accept, ...length, ...headers } },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          done({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on('error', failed);
    asked.end(body);
  });
}

export const FORM = 'application/x-www-form-urlencoded';

/** The headers of a form that our own page sends. */
export const fromUs = (base = world().base) => ({
  'content-type': FORM,
  'sec-fetch-site': 'same-origin',
  origin: new URL(base).origin,
});

/** The lines of `set-cookie`. */
export const cookiesOf = ({ headers }: RawAnswer): string[] => [headers['set-cookie'] ?? []].flat();
