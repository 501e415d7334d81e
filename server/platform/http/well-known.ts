import { Router } from 'express';
import type { Config } from '../../config.js';

/** Who finds a weakness can rely on the address for this long (ms); RFC 9116 asks for less than a year. */
const VALID = 180 * 86_400_000;

/**
 * What programs ask every site for: whom to tell about a weakness (RFC 9116; only where the settings name a contact), and what
 * search engines leave alone (RFC 9309). Pages that must not be found carry `noindex`, for which they have to be read.
 */
export function wellKnown({ baseUrl, contactEmail }: Config, clock: () => number): Router {
  const router = Router();
  router.get('/.well-known/security.txt', (_req, res, next) => {
    if (contactEmail === null) return next();
    // Whole days, so that the text does not change with each reading.
    const expires = new Date(Math.floor((clock() + VALID) / 86_400_000) * 86_400_000).toISOString();
    const lines = [
      `Contact: mailto:${contactEmail}`,
      `Expires: ${expires}`,
      'Preferred-Languages: en',
      `Canonical: ${baseUrl}/.well-known/security.txt`,
    ];
    res.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  });
  router.get('/robots.txt', (_req, res) => {
    res.type('text/plain; charset=utf-8').send(ROBOTS);
  });
  return router;
}

/** Nothing there can be read without signing in. */
const ROBOTS = `User-agent: *
Disallow: /account
Disallow: /admin
Disallow: /organisations
`;
