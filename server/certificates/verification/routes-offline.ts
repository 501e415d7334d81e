import { Router } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { offlinePage, type OfflinePage } from '../offline/built.js';

const FILE = 'safe-passage-verify.html';

/** The page that checks certificates without us: what it is, and the file itself to be kept. */
export function offlineRoutes({ show }: WebDeps): Router {
  const router = Router();

  router.get('/verify/offline', (req, res) => {
    const { bytes, sha256 } = built();
    const kilobytes = Math.ceil(bytes.length / 1000);
    const values = { href: `/verify/offline/${FILE}`, file: FILE, kilobytes, sha256 };
    show(req, res, 'certificates/verification/offline', values, { nav: 'verify' });
  });

  // Never shown in place: there it would be a page of this site, under this site's rules.
  router.get(`/verify/offline/${FILE}`, (_req, res) => {
    res
      .set('Content-Type', 'text/html; charset=utf-8')
      .set('Content-Disposition', `attachment; filename="${FILE}"`)
      .set('Cache-Control', 'public, max-age=300')
      .end(built().bytes);
  });

  return router;
}

function built(): OfflinePage {
  const page = offlinePage();
  if (!page) throw new NotFound();
  return page;
}
