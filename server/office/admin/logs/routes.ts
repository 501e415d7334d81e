import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { MAIL_STATES } from '../../../people/mails/mail-log.js';
import { noticeKinds } from '../../../people/mails/notices.js';
import { mailLogPage } from './mail-log-page.js';
import { eventLogPages } from './routes-event-logs.js';
import { ledgerCheckPages } from './routes-ledger-checks.js';
import { refusalPages } from './routes-refusals.js';

/** What was mailed, what was done, and what was refused. */
export function logPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use('/admin/mails', administratorsOnly(deps.config));
  router.get('/admin/mails', on(listMails));
  router.use(ledgerCheckPages(deps));
  router.use(eventLogPages(deps));
  router.use(refusalPages(deps));
  return router;
}

async function listMails({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const filter = { kind: chosen(noticeKinds(), req, 'kind'), state: chosen(MAIL_STATES, req, 'state') };
  const after = typed(req.query, 'after');
  const values = await mailLogPage(filter, isId(after) ? after : null, hereIn(config.timeZone));
  show(req, res, 'office/admin/logs/mails', values, { nav: 'admin' });
}

/** A word of the address that is one of these; an unknown one narrows nothing. */
const chosen = <const T extends string>(words: readonly T[], { query }: Request, name: string): T | '' =>
  words.find(word => word === typed(query, name)) ?? '';
