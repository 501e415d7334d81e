import { Router, type Request, type Response } from 'express';
import { NotFound, Unavailable } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseInteger } from '../../lib/numbers.js';
import type { Issuer } from './issuer.js';
import { keyLog } from './key-log.js';
import { latestHead, headByNumber } from '../ledger/signed-heads.js';
import { currentList, latestList, listVersion } from '../status-lists/status-lists.js';

/** What machines anywhere read about us as an issuer: public, cacheable, open to other origins. */
export function issuerRoutes({ clock, config }: WebDeps, issuer: Issuer): Router {
  const router = Router();

  router.get('/.well-known/did.json', async (_req, res) => {
    await issuer.refresh();
    // For minutes, not hours: a checker who keeps an old copy does not know a new key, or trusts a stolen one.
    open(res, 300).type('application/did+json').end(JSON.stringify(issuer.document));
  });

  router.get('/status/revocation/:list', async (req, res) => {
    // Offline, too, nothing is valid while we may have forgotten what was withdrawn.
    if (issuer.mayHaveForgotten()) throw new Unavailable('Marks of what was published are missing');
    const listId = parseInteger(req.params.list, { min: 1, max: 1_000_000 });
    const list = listId && ((await latestList(listId)) ?? (await currentList(listId, issuer, clock())));
    if (!list) throw new NotFound();
    const versions = `${config.baseUrl}/status/revocation/${listId}/versions`;
    open(res, 300).set('Link', `<${versions}/${list.number}>; rel="version-history"`);
    sendSigned(req, res, list, CREDENTIAL);
  });

  // A version that was served once is served for ever: two of them prove a bit that was taken back.
  router.get('/status/revocation/:list/versions/:number', async (req, res) => {
    const listId = parseInteger(req.params.list, { min: 1, max: 1_000_000 });
    const number = parseInteger(req.params.number, { min: 1, max: MOST });
    const list = listId && number && (await listVersion(listId, number));
    if (!list) throw new NotFound();
    forEver(res).set('X-Previous-SHA-256', list.previousSha256);
    sendSigned(req, res, list, CREDENTIAL);
  });

  router.get('/issuer/keys', async (_req, res) => {
    const entries = (await keyLog()).map(entry => JSON.parse(entry) as object);
    open(res, 300).json({ id: `${config.baseUrl}/issuer/keys`, issuer: issuer.did, entries });
  });

  router.get('/ledger/head', async (req, res) => {
    const head = await latestHead();
    if (!head) throw new NotFound();
    open(res, 300).set('Link', `<${config.baseUrl}/ledger/heads/${head.number}>; rel="version-history"`);
    sendSigned(req, res, head, JSON_TYPE);
  });

  router.get('/ledger/heads/:number', async (req, res) => {
    const number = parseInteger(req.params.number, { min: 1, max: MOST });
    const head = number && (await headByNumber(number));
    if (!head) throw new NotFound();
    forEver(res);
    sendSigned(req, res, head, JSON_TYPE);
  });

  return router;
}

const CREDENTIAL = 'application/vc+ld+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
/** The largest number that a column of numbers holds. */
const MOST = 2_147_483_647;

/** The very bytes that were signed; not again to who has them. */
function sendSigned(
  req: Request,
  res: Response,
  { content, sha256 }: { content: string; sha256: string },
  type: string,
): void {
  const tag = `"${sha256.slice(0, 32)}"`;
  res.set('ETag', tag).set('Content-Type', type);
  if (req.headers['if-none-match'] === tag) res.status(304).end();
  else res.end(content);
}

const forEver = (res: Response): Response =>
  open(res, 31_536_000).set('Cache-Control', 'public, max-age=31536000, immutable');

const open = (res: Response, seconds: number): Response =>
  res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', `public, max-age=${seconds}`);
