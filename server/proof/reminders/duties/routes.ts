import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { openRequirements } from '../../requirements/rules/open-requirement.js';
import { remindersPage } from './reminders-page.js';

/** What an organisation's people are reminded of. */
export function dutyReminderRoutes(deps: WebDeps): Router {
  const router = Router();
  router.get('/organisations/:id/reminders', handlersWith(deps)(showReminders));
  return router;
}

async function showReminders({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openRequirements(actorOf(req), req.params.id, {
    now: clock(),
    action: 'organisation.people',
  });
  const values = await remindersPage(open, typed(req.query, 'requirement'));
  show(req, res, 'proof/reminders/duties/reminders', values, { nav: navFor(open.actor) });
}
