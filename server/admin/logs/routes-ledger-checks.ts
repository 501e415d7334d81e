import { Router, type Request, type Response } from 'express';
import { askForCheck, findCheck } from '../../certificates/ledger/asked-checks.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { actorOf } from '../../http/page.js';
import { administratorsOnly } from '../../http/security/guards.js';
import { hereIn } from '../../i18n/spoken.js';
import { isId } from '../../lib/ids.js';
import { signedIn } from '../../policy.js';
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
  show(req, res, 'admin/logs/ledger-checks', await checksPage(hereIn(config.timeZone)), { nav: 'admin' });
}

async function ask({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
  res.redirect(303, `${CHECKS_HOME}/${await askForCheck(typed(req.body, 'whole') === 'yes', by)}`);
}

async function showCheck({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const check = isId(req.params.id) ? await findCheck(req.params.id) : null;
  if (!check) throw new NotFound();
  const values = await checkPage(check, hereIn(config.timeZone));
  show(req, res, 'admin/logs/ledger-check', values, { nav: 'admin' });
}
