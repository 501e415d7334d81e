import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { refusedTo, REFUSALS_KEPT } from '../../../platform/http/security/refusals.js';
import { originIn, sessionIdOf } from '../../../platform/http/security/session-cookie.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { historyRows, sessionMark, sessionRows, type ActivityReading } from './activity-rows.js';
import { signInsOf, SIGN_INS_KEPT } from './sign-ins.js';

const SESSIONS = '/account/sessions';

/** Rows of each kind on the page of the history. */
const MOST = 100;

/** Where somebody is signed in, and their sign-ins: pages of their account. */
export function activityPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(SESSIONS, on(showSessions));
  router.post(SESSIONS, on(endOthers));
  router.post(`${SESSIONS}/end`, on(endOne));
  router.get('/account/history', on(showHistory));
  return router;
}

async function showSessions(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const sessions = sessionRows(await deps.sessions.openOf(id), readingOf(deps, req));
  deps.show(req, res, 'people/accounts/activity/sessions', { sessions }, { nav: 'account' });
}

async function endOthers({ sessions }: WebDeps, req: Request, res: Response): Promise<void> {
  await sessions.endAll(signedIn(actorOf(req)).id, sessionIdOf(req));
  res.redirect(303, `${SESSIONS}?done=sessions`);
}

/** End one of one's own; one that has ended meanwhile is no fault. The own one ends by signing out, which clears the browser, too. */
async function endOne({ sessions }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const mark = typed(req.body, 'session');
  if (!/^[0-9a-f]{20}$/.test(mark)) throw new NotFound();
  const found = (await sessions.openOf(id)).find(({ idHash }) => sessionMark(idHash) === mark);
  if (found) await sessions.endStored(found.idHash);
  res.redirect(303, `${SESSIONS}?done=session`);
}

async function showHistory(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  await deps.refusals.write();
  const [signIns, refused] = [await signInsOf(id, MOST), await refusedTo(id, MOST)];
  const values = {
    rows: historyRows(signIns, refused, readingOf(deps, req)),
    days: SIGN_INS_KEPT,
    refusedDays: REFUSALS_KEPT,
  };
  deps.show(req, res, 'people/accounts/activity/history', values, { nav: 'account' });
}

const readingOf = ({ secrets, config }: WebDeps, req: Request): ActivityReading => ({
  sessionId: sessionIdOf(req),
  network: originIn(req, secrets.limits).network,
  place: hereIn(config.timeZone),
});
