import { Router, type Request, type Response } from 'express';
import { findCertificate } from '../../proof/certificates/queries.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { signedIn } from '../../policy.js';
import { certificatePage, certificatesPage } from './certificate-pages.js';

const HOME = '/admin/certificates';

/** All certificates of the installation, and each with its history. */
export function allCertificatePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(listCertificates));
  router.get(`${HOME}/:id`, on(showCertificate));
  return router;
}

async function listCertificates(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = { query: typed(req.query, 'query').trim(), after: typed(req.query, 'after') };
  const values = await certificatesPage(asked, look(deps));
  deps.show(req, res, 'office/admin/certificates', values, { nav: 'admin' });
}

async function showCertificate(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await findCertificate(req.params.id);
  if (!certificate) throw new NotFound();
  const values = await certificatePage(certificate, signedIn(actorOf(req)), look(deps));
  deps.show(req, res, 'office/admin/certificate', values, { nav: 'admin' });
}

const look = ({ config, clock }: WebDeps) => ({ now: clock(), place: hereIn(config.timeZone) });
