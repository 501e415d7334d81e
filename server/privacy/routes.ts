import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { handlersWith } from '../http/handlers.js';
import { actorOf } from '../http/page.js';
import { hereIn } from '../i18n/spoken.js';
import { signedIn } from '../policy.js';
import { EXPORT_DAYS, exportsOf } from './export/data-exports.js';
import { exportRows } from './export/export-rows.js';
import { askForOwnExport, downloadExport } from './export/routes-export.js';

/** What somebody can do with all that is held of them. */
export function privacyRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/account/data', on(showOwnData));
  router.post('/account/data/exports', on(askForOwnExport));
  router.get('/account/data/exports/:id/your-data.zip', on(downloadExport));
  return router;
}

async function showOwnData({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const exports = exportRows(await exportsOf(id, clock()), hereIn(config.timeZone));
  show(req, res, 'privacy/own-data', { exports, days: EXPORT_DAYS }, { nav: 'account' });
}
