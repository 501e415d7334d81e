import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { allCyclesOf } from '../../../teaching/learning/enrolments.js';
import { signedIn } from '../../../policy.js';
import { certificatesOf } from '../queries.js';
import { visibleCertificate } from '../routes-load.js';
import { groupByCourse } from './by-course.js';
import {
  certificateValues,
  certificatesValues,
  isLookedAfter,
  type CertificateContext,
} from './certificate-page.js';

/** A person's certificates, from all years and employers, and the page of each certificate. */
export function holderPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/certificates', on(listCertificates));
  router.get('/certificates/:id', on(showCertificate));
  return router;
}

async function listCertificates(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const [certificates, cycles] = await Promise.all([certificatesOf(id), allCyclesOf(id)]);
  const values = await certificatesValues(groupByCourse(certificates, cycles), contextOf(deps));
  deps.show(req, res, 'proof/certificates/holder/certificates', values, { nav: 'certificates' });
}

async function showCertificate(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await visibleCertificate(req);
  const actor = signedIn(actorOf(req));
  const values = await certificateValues(certificate, actor, contextOf(deps));
  const nav = isLookedAfter(certificate, actor) ? navFor(actor) : 'certificates';
  deps.show(req, res, 'proof/certificates/holder/certificate', values, { nav });
}

const contextOf = ({ config, clock }: WebDeps): CertificateContext => ({
  baseUrl: config.baseUrl,
  timeZone: config.timeZone,
  place: hereIn(config.timeZone),
  now: clock(),
});
