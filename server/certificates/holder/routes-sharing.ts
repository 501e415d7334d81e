import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { findCycle } from '../../learning/enrolments.js';
import { findOrganisation } from '../../organisations/memberships.js';
import { authorise } from '../../policy.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import { openRenewal } from '../renewal/renew.js';
import { closeShareLink, createShareLink, openShareLinks, SHARE_DAYS } from './share-links.js';
import {
  nameAsShown,
  chooseNameVisibility,
  NAME_VISIBILITIES,
  nameVisibilityOf,
  strictestVisibility,
} from './name-privacy.js';

const daysForm = z.object({
  days: z.enum(SHARE_DAYS.map(String) as ['7', '30', '90'], 'errors.days').transform(Number),
});
const shownForm = z.object({ shown: z.enum(NAME_VISIBILITIES, 'errors.shown') });

/** What a holder does with a certificate: who sees the name, who sees all of it, and taking the course again. */
export function holdingRoutes({ show, clock, config, secrets }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const keyed = () => ({ key: secrets.links, now: clock() });

  router.get('/certificates/:id/sharing', async (req, res) => {
    await sharing(req, res, await held(req), {});
  });

  router.post('/certificates/:id/share-links', async (req, res) => {
    const certificate = await held(req);
    if (certificate.supersededAt !== null) throw new NotFound();
    const form = parseForm(daysForm, req.body, t);
    if (!form.ok) return sharing(req, res, certificate, form.errors);
    const opened = await createShareLink(certificate, form.value.days as 7 | 30 | 90, keyed());
    if (!opened) return sharing(req, res, certificate, { days: t('errors.links') });
    res.redirect(303, `/certificates/${certificate.id}/sharing?done=link-made`);
  });

  router.post('/certificates/:id/share-links/:link/closure', async (req, res) => {
    const certificate = await held(req);
    await closeShareLink(certificate, String(req.params['link']), clock());
    res.redirect(303, `/certificates/${certificate.id}/sharing?done=link-closed`);
  });

  router.get('/certificates/:id/shown-name', async (req, res) => {
    await showing(req, res, await held(req), {});
  });

  router.post('/certificates/:id/shown-name', async (req, res) => {
    const certificate = await held(req);
    const form = parseForm(shownForm, req.body, t);
    const { organisation } = await nameVisibilityOf(certificate);
    if (!form.ok) return showing(req, res, certificate, form.errors);
    const { shown } = form.value;
    if (strictestVisibility(organisation, shown) !== shown)
      return showing(req, res, certificate, { shown: t('errors.shown-more') });
    await chooseNameVisibility(certificate, shown, clock());
    res.redirect(303, `/certificates/${certificate.id}?done=shown-name`);
  });

  router.post('/certificates/:id/renewal', async (req, res) => {
    const { cycleId } = await held(req);
    const cycle = await findCycle(cycleId);
    if (!cycle) throw new NotFound();
    const next = await openRenewal(cycle.enrolmentId, { timeZone: config.timeZone, now: clock() });
    res.redirect(303, addresses(next.id).course);
  });

  async function held(req: Request): Promise<CertificateFacts> {
    const certificate = await findCertificate(req.params['id']);
    authorise(actorOf(req), 'certificate.hold', certificate);
    if (!certificate || certificate.issuedAt === null) throw new NotFound();
    return certificate;
  }

  async function sharing(
    req: Request,
    res: Response,
    certificate: CertificateFacts,
    errors: Record<string, string>,
  ): Promise<void> {
    const home = `/certificates/${certificate.id}`;
    const values = {
      ...headOf(certificate),
      links: (await openShareLinks(certificate, keyed())).map(({ id, token, expiresAt }) => ({
        address: `${config.baseUrl}/shared/${token}`,
        until: formatDate(expiresAt, place),
        closure: `${home}/share-links/${id}/closure`,
      })),
      days: SHARE_DAYS,
      chosen: req.method === 'POST' ? typed(req.body, 'days') : '7',
      action: `${home}/share-links`,
      errors,
    };
    answer(req, res, 'certificates/holder/sharing', values);
  }

  async function showing(
    req: Request,
    res: Response,
    certificate: CertificateFacts,
    errors: Record<string, string>,
  ): Promise<void> {
    const { organisation, holds } = await nameVisibilityOf(certificate);
    const values = {
      ...headOf(certificate),
      organisation: (await findOrganisation(certificate.organisationId))?.name ?? '',
      shown: req.method === 'POST' ? typed(req.body, 'shown') : holds,
      choices: NAME_VISIBILITIES.filter(shown => strictestVisibility(organisation, shown) === shown).map(
        value => ({
          value,
          text: t(`shownName.${value}`),
          example: nameAsShown(certificate.facts.name, value),
        }),
      ),
      action: `/certificates/${certificate.id}/shown-name`,
      errors,
    };
    answer(req, res, 'certificates/holder/shown-name', values);
  }

  const headOf = ({ id, facts }: CertificateFacts) => ({
    back: { href: `/certificates/${id}`, text: t('rulings.back') },
    course: facts.course.title,
  });

  const answer = (
    req: Request,
    res: Response,
    view: string,
    values: { errors: Record<string, string> },
  ): void => {
    const status = Object.keys(values.errors).length > 0 ? 422 : 200;
    show(req, res, view, values, { status, nav: 'certificates' });
  };

  return router;
}
