import { Router, type Request, type Response } from 'express';
import { askForCheck, findCheck } from '../../../proof/certificates/ledger/asked-checks.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { signedIn } from '../../../policy.js';
import { CHECKS_HOME, checkPage, checksPage } from './ledger-check-pages.js';

/** Checks of the ledger in the background, as `verify-ledger` does them: asked for, under way, and what came of them. */
export function ledgerCheckPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(CHECKS_HOME, administratorsOnly(deps.config));
  router.get(CHECKS_HOME, on(listChecks));
  router.post(CHECKS_HOME, on(ask));
  router.get(`${CHECKS_HOME}/:id`, on(showCheck));
  return router;
}

async function listChecks({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  show(req, res, 'office/admin/logs/ledger-checks', await checksPage(hereIn(config.timeZone)), {
    nav: 'admin',
  });
}

async function ask({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
  res.redirect(303, `${CHECKS_HOME}/${await askForCheck(typed(req.body, 'whole') === 'yes', by)}`);
}

async function showCheck({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const check = isId(req.params.id) ? await findCheck(req.params.id) : null;
  if (!check) throw new NotFound();
  const values = await checkPage(check, hereIn(config.timeZone));
  show(req, res, 'office/admin/logs/ledger-check', values, { nav: 'admin' });
}
