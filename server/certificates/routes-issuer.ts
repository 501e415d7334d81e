import { Router, type Response } from 'express';
import { courseByNumber } from '../courses/catalogue.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { parseInteger } from '../lib/numbers.js';
import type { Issuer } from './issuer.js';
import { currentList } from './status-lists.js';

/** What machines anywhere read about us as an issuer: public, cacheable, open to other origins. */
export function issuerRoutes({ clock, config }: WebDeps, issuer: Issuer): Router {
  const router = Router();

  router.get('/.well-known/did.json', (_req, res) => {
    open(res, 3600).type('application/did+json').end(JSON.stringify(issuer.document));
  });

  router.get('/issuer', (_req, res) => {
    const profile = { id: issuer.did, type: ['Profile'], name: issuer.name, url: `${config.baseUrl}/issuer` };
    open(res, 3600).json(profile);
  });

  // One version of a course as an achievement: what a credential's criteria point at. It never changes.
  router.get('/achievements/:slug/:version', async (req, res) => {
    const number = parseInteger(req.params.version.replace(/^v/, ''), { min: 1, max: 1_000_000 });
    const course = number === null ? null : await courseByNumber(req.params.slug, number);
    if (!course) throw new NotFound();
    const { snapshot } = course;
    const id = `${config.baseUrl}/achievements/${course.slug}/v${course.number}`;
    open(res, 86_400).json({
      id,
      type: ['Achievement'],
      name: snapshot.title,
      description: snapshot.summary,
      version: String(course.number),
      criteria: { id, narrative: snapshot.criteria },
      creator: { id: issuer.did, type: ['Profile'], name: issuer.name },
    });
  });

  router.get('/status/revocation/:list', async (req, res) => {
    const listId = parseInteger(req.params.list, { min: 1, max: 1_000_000 });
    const list = listId === null ? null : await currentList(listId, issuer, clock());
    if (!list) throw new NotFound();
    const tag = `"${list.sha256.slice(0, 32)}"`;
    open(res, 300).set('ETag', tag).set('Content-Type', 'application/vc+ld+json; charset=utf-8');
    if (req.headers['if-none-match'] === tag) return res.status(304).end();
    res.end(list.content);
  });

  return router;
}

const open = (res: Response, seconds: number): Response =>
  res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', `public, max-age=${seconds}`);
