import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { addresses } from '../../../teaching/learning/cycle-addresses.js';
import { findCycle } from '../../../teaching/learning/enrolments.js';
import type { CertificateFacts } from '../queries.js';
import { openRenewal } from '../renewal/renew.js';
import { heldCertificate } from '../routes-load.js';
import {
  chooseNameVisibility,
  NAME_VISIBILITIES,
  nameVisibilityOf,
  strictestVisibility,
} from './name-privacy.js';
import { closeShareLink, createShareLink, openShareLinks, SHARE_DAYS } from './share-links.js';
import { sharingValues, shownNameValues } from './sharing-page.js';

const daysForm = z.object({
  days: z.enum(SHARE_DAYS.map(String) as ['7', '30', '90'], 'errors.days').transform(Number),
});
const shownForm = z.object({ shown: z.enum(NAME_VISIBILITIES, 'errors.shown') });

/** What a holder decides about a certificate: who sees the name, who sees the whole record, and when it is renewed. */
export function holdingRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/certificates/:id/sharing', on(showSharing));
  router.post('/certificates/:id/share-links', on(openLink));
  router.post('/certificates/:id/share-links/:link/closure', on(closeLink));
  router.get('/certificates/:id/shown-name', on(askShownName));
  router.post('/certificates/:id/shown-name', on(chooseShownName));
  router.post('/certificates/:id/renewal', on(renew));
  return router;
}

async function showSharing(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await answerSharing(deps, req, res, { certificate: await heldCertificate(req), errors: {} });
}

async function openLink(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await heldCertificate(req);
  if (certificate.supersededAt !== null) throw new NotFound();
  const form = parseForm(daysForm, req.body, spoken);
  if (!form.ok) return answerSharing(deps, req, res, { certificate, errors: form.errors });
  const isOpened = await createShareLink(certificate, form.value.days as 7 | 30 | 90, keyed(deps));
  const errors = { days: spoken('errors.links') };
  if (!isOpened) return answerSharing(deps, req, res, { certificate, errors });
  res.redirect(303, `/certificates/${certificate.id}/sharing?done=link-made`);
}

async function closeLink({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await heldCertificate(req);
  await closeShareLink(certificate, String(req.params['link']), clock());
  res.redirect(303, `/certificates/${certificate.id}/sharing?done=link-closed`);
}

async function askShownName(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await answerShownName(deps, req, res, { certificate: await heldCertificate(req), errors: {} });
}

async function chooseShownName(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await heldCertificate(req);
  const form = parseForm(shownForm, req.body, spoken);
  if (!form.ok) return answerShownName(deps, req, res, { certificate, errors: form.errors });
  const { shown } = form.value;
  const { organisation } = await nameVisibilityOf(certificate);
  const errors = { shown: spoken('errors.shown-more') };
  if (strictestVisibility(organisation, shown) !== shown)
    return answerShownName(deps, req, res, { certificate, errors });
  await chooseNameVisibility(certificate, shown, deps.clock());
  res.redirect(303, `/certificates/${certificate.id}?done=shown-name`);
}

async function renew({ config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycleId } = await heldCertificate(req);
  const cycle = await findCycle(cycleId);
  if (!cycle) throw new NotFound();
  const next = await openRenewal(cycle.enrolmentId, { timeZone: config.timeZone, now: clock() });
  res.redirect(303, addresses(next.id).course);
}

interface Form {
  readonly certificate: CertificateFacts;
  readonly errors: Record<string, string>;
}

const keyed = ({ secrets, clock }: WebDeps) => ({ key: secrets.links, now: clock() });

async function answerSharing(
  deps: WebDeps,
  req: Request,
  res: Response,
  { certificate, errors }: Form,
): Promise<void> {
  const { config, show } = deps;
  const links = await openShareLinks(certificate, keyed(deps));
  const chosen = req.method === 'POST' ? typed(req.body, 'days') : '7';
  const place = hereIn(config.timeZone);
  const values = {
    ...sharingValues(certificate, links, { baseUrl: config.baseUrl, place }),
    chosen,
    errors,
  };
  show(req, res, 'proof/certificates/holder/sharing', values, frame(errors));
}

async function answerShownName(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { certificate, errors }: Form,
): Promise<void> {
  const asked = await shownNameValues(certificate);
  const shown = req.method === 'POST' ? typed(req.body, 'shown') : asked.shown;
  show(req, res, 'proof/certificates/holder/shown-name', { ...asked, shown, errors }, frame(errors));
}

const frame = (errors: Form['errors']) =>
  ({ status: Object.keys(errors).length > 0 ? 422 : 200, nav: 'certificates' }) as const;
