import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { remindByHand } from '../../reminders/duties/remind-by-hand.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { openStandings } from '../open-standings.js';
import { nudgePage } from './nudge-page.js';
import { overdueDuties } from './overdue-duties.js';

const HOME = '/organisations/:id/standings/nudge';

/** Reminding those who are overdue by hand, for those who manage them. */
export function nudgeRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(askNudge));
  router.post(HOME, on(nudgeOverdue));
  return router;
}

async function askNudge({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(clock(), req);
  show(req, res, 'proof/reports/nudge', await nudgePage(open), { nav: navFor(open.actor) });
}

async function nudgeOverdue({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const now = clock();
  const open = await load(now, req);
  const page = await nudgePage(open);
  if (page.state !== 'ask')
    return show(req, res, 'proof/reports/nudge', page, { status: 422, nav: navFor(open.actor) });
  const { organisation, actor } = open;
  await remindByHand(await overdueDuties(open), { organisation, actorId: actor.id, now });
  res.redirect(303, `/organisations/${organisation.id}/reminders?done=people-nudged`);
}

/** Only today's list of those who are overdue: nobody is reminded of another day or of what is not due. */
const load = (now: number, req: Request) =>
  openStandings(actorOf(req), {
    id: req.params.id,
    query: { ...req.query, shown: 'overdue', on: '', known: '' },
    now,
  });
