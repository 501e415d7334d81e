import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { offlinePage, type OfflinePage } from '../offline/built.js';

const FILE = 'safe-passage-verify.html';

/** The page that checks certificates offline: what it is, and the file itself, to be saved. */
export function offlineRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/verify/offline', on(offerOfflinePage));
  router.get(`/verify/offline/${FILE}`, on(downloadOfflinePage));
  return router;
}

function offerOfflinePage({ show }: WebDeps, req: Request, res: Response): void {
  const { bytes, sha256 } = built();
  const kilobytes = Math.ceil(bytes.length / 1000);
  const values = { href: `/verify/offline/${FILE}`, file: FILE, kilobytes, sha256 };
  show(req, res, 'proof/certificates/verification/offline', values, { nav: 'verify' });
}

/** Never shown in place: there it would be a page of this site, under the rules of this site. */
function downloadOfflinePage(_deps: WebDeps, _req: Request, res: Response): void {
  res
    .set('Content-Type', 'text/html; charset=utf-8')
    .set('Content-Disposition', `attachment; filename="${FILE}"`)
    .set('Cache-Control', 'public, max-age=300')
    .end(built().bytes);
}

function built(): OfflinePage {
  const page = offlinePage();
  if (!page) throw new NotFound();
  return page;
}
