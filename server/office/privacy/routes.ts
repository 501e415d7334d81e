import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { askForAnotherPages } from './erasure/routes-ask-for-another.js';
import { erasurePages } from './erasure/routes-erasures.js';
import { askForOwnErasure, withdrawOwnErasure } from './erasure/routes-own-erasure.js';
import { askForOwnExport, downloadExport } from './export/routes-export.js';
import { showOwnData } from './routes-own-data.js';

/** What somebody can do with all that is held of them, and who decides on an erasure. */
export function privacyRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(
    '/account/data',
    on((own, req, res) => showOwnData(own, req, res)),
  );
  router.post('/account/data/exports', on(askForOwnExport));
  router.get('/account/data/exports/:id/your-data.zip', on(downloadExport));
  router.post('/account/data/erasure', on(askForOwnErasure));
  router.post('/account/data/erasure/withdrawal', on(withdrawOwnErasure));
  router.use(askForAnotherPages(deps));
  router.use(erasurePages(deps));
  return router;
}
