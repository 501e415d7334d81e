import { Router, type Request, type Response } from 'express';
import { NotFound, Unavailable } from '../../../errors.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { documentNamed } from '../../open-badges/did.js';
import { headByNumber, latestHead } from '../ledger/signed-heads.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { currentList, latestList, listVersion } from '../status-lists/status-lists.js';
import { keyLog } from './key-log.js';

/** What machines anywhere read about this issuer: public, cacheable, open to other origins. */
export function issuerRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/.well-known/did.json', on(sendDidDocument));
  router.get('/status/revocation/:list', on(sendStatusList));
  router.get('/status/revocation/:list/versions/:number', on(sendListVersion));
  router.get('/issuer/keys', on(sendKeyLog));
  router.get('/ledger/head', on(sendLatestHead));
  router.get('/ledger/heads/:number', on(sendHead));
  return router;
}

async function sendDidDocument({ issuer }: IssuerDeps, req: Request, res: Response): Promise<void> {
  await issuer.refresh();
  // A certificate from a former address names that address: other verifiers find its keys under that name.
  const asked = documentNamed(issuer.document, `did:web:${req.headers.host?.replace(':', '%3A')}`);
  // For minutes, not hours: a checker with an old copy does not know a new key, or trusts a stolen one.
  open(res, 300)
    .type('application/did+json')
    .end(JSON.stringify(asked ?? issuer.document));
}

async function sendStatusList(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { issuer, config, clock } = deps;
  // Offline checks fail as well while this installation may have forgotten revocations.
  if (issuer.mayHaveForgotten()) throw new Unavailable('Marks of what was published are missing');
  const listId = parseInteger(req.params['list'], LIST_ID);
  const list = listId && ((await latestList(listId)) ?? (await currentList(listId, issuer, clock())));
  if (!list) throw new NotFound();
  const versions = `${config.baseUrl}/status/revocation/${listId}/versions`;
  open(res, 300).set('Link', `<${versions}/${list.number}>; rel="version-history"`);
  sendSigned(req, res, list, CREDENTIAL);
}

/** A version that was served once is served for ever: two versions prove that a bit was taken back. */
async function sendListVersion(_deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const listId = parseInteger(req.params['list'], LIST_ID);
  const number = parseInteger(req.params['number'], NUMBER);
  const list = listId && number && (await listVersion(listId, number));
  if (!list) throw new NotFound();
  forEver(res).set('X-Previous-SHA-256', list.previousSha256);
  sendSigned(req, res, list, CREDENTIAL);
}

async function sendKeyLog({ issuer, config }: IssuerDeps, _req: Request, res: Response): Promise<void> {
  const entries = (await keyLog()).map(entry => JSON.parse(entry) as object);
  open(res, 300).json({ id: `${config.baseUrl}/issuer/keys`, issuer: issuer.did, entries });
}

async function sendLatestHead({ config }: IssuerDeps, req: Request, res: Response): Promise<void> {
  const head = await latestHead();
  if (!head) throw new NotFound();
  open(res, 300).set('Link', `<${config.baseUrl}/ledger/heads/${head.number}>; rel="version-history"`);
  sendSigned(req, res, head, JSON_TYPE);
}

async function sendHead(_deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const number = parseInteger(req.params['number'], NUMBER);
  const head = number && (await headByNumber(number));
  if (!head) throw new NotFound();
  forEver(res);
  sendSigned(req, res, head, JSON_TYPE);
}

const CREDENTIAL = 'application/vc+ld+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

const LIST_ID = { min: 1, max: 1_000_000 };
/** Up to the largest number that an integer column holds. */
const NUMBER = { min: 1, max: 2_147_483_647 };

/** Sends the exact bytes that were signed, unless the client has them already. */
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
