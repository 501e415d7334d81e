import { Router, type Request, type Response } from 'express';
import { openCheckpoints } from '../../certificates/ledger/checkpoints.js';
import { NotFound } from '../../errors.js';
import { INSTALLATION } from '../../events/chains.js';
import type { WebDeps } from '../../http/deps.js';
import { typed, typedDay } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { administratorsOnly } from '../../http/security/guards.js';
import { hereIn } from '../../i18n/spoken.js';
import { isId } from '../../lib/ids.js';
import { parseInteger } from '../../lib/numbers.js';
import { MAIL_STATES } from '../../notifications/mail-log.js';
import { NOTICE_KINDS } from '../../notifications/notices.js';
import { LOG_KINDS } from './event-kinds.js';
import { eventLogPage } from './event-log-page.js';
import { mailLogPage } from './mail-log-page.js';

/** What was mailed, and what was done in the installation, in accounts, and in each organisation. */
export function logPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(['/admin/mails', '/admin/log'], administratorsOnly(deps.config));
  router.get('/admin/mails', on(listMails));
  router.get('/admin/log', on(listEvents));
  return router;
}

async function listMails({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const filter = { kind: chosen(NOTICE_KINDS, req, 'kind'), state: chosen(MAIL_STATES, req, 'state') };
  const after = typed(req.query, 'after');
  const values = await mailLogPage(filter, isId(after) ? after : null, hereIn(config.timeZone));
  show(req, res, 'admin/logs/mails', values, { nav: 'admin' });
}

async function listEvents({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = {
    chain: typed(req.query, 'log') || INSTALLATION,
    kind: chosen(LOG_KINDS, req, 'kind'),
    until: typedDay(req.query, 'until'),
    before: parseInteger(typed(req.query, 'before'), { min: 1, max: Number.MAX_SAFE_INTEGER }),
  };
  const proven = openCheckpoints(config.dataDir).proven();
  const values = await eventLogPage(asked, { place: hereIn(config.timeZone), zone: config.timeZone, proven });
  if (!values) throw new NotFound();
  const status = Object.keys(values.errors).length > 0 ? 422 : 200;
  show(req, res, 'admin/logs/events', values, { status, nav: 'admin' });
}

/** A word of the address that is one of these; an unknown one narrows nothing. */
const chosen = <const T extends string>(words: readonly T[], { query }: Request, name: string): T | '' =>
  words.find(word => word === typed(query, name)) ?? '';
