import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed } from '../../http/forms.js';
import { navFor } from '../../http/navigation.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import { isId } from '../../lib/ids.js';
import {
  organisationNameVisibility,
  paperSizeOf,
  setNameVisibility,
  setPaperSize,
} from '../../organisations/certificate-settings.js';
import { findOrganisation, type OrganisationFacts } from '../../organisations/memberships.js';
import { authorise, signedIn, type Actor } from '../../policy.js';
import { PAPER_SIZES } from '../documents/pdf/paper.js';
import { nameAsShown, NAME_VISIBILITIES } from './name-privacy.js';

const shownForm = z.object({ shown: z.enum(NAME_VISIBILITIES, 'errors.shown') });
const paperForm = z.object({ paper: z.enum(PAPER_SIZES, 'errors.paper') });

type Managed = OrganisationFacts & { readonly actor: Actor };

/** What strangers see of the names of an organisation's people, and the paper it prints on: its managers choose. */
export function showingRoutes({ show, clock }: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  const t = spoken;

  router.get('/organisations/:id/shown-name', async (req, res) => {
    await ask(req, res, await managed(req), {});
  });

  router.post('/organisations/:id/shown-name', async (req, res) => {
    const organisation = await managed(req);
    const form = parseForm(shownForm, req.body, t);
    if (!form.ok) return ask(req, res, organisation, form.errors);
    const by = { actorId: organisation.actor.id, now: clock() };
    await setNameVisibility(organisation.id, form.value.shown, by);
    res.redirect(303, `/organisations/${organisation.id}/shown-name?saved`);
  });

  router.get('/organisations/:id/paper', async (req, res) => {
    await askPaper(req, res, await managed(req), {});
  });

  router.post('/organisations/:id/paper', async (req, res) => {
    const organisation = await managed(req);
    const form = parseForm(paperForm, req.body, t);
    if (!form.ok) return askPaper(req, res, organisation, form.errors);
    await setPaperSize(organisation.id, form.value.paper, { actorId: organisation.actor.id, now: clock() });
    res.redirect(303, `/organisations/${organisation.id}/paper?saved`);
  });

  async function managed(req: Request): Promise<Managed> {
    const actor = signedIn(actorOf(req));
    const id = req.params['id'];
    const organisation = isId(id) ? await findOrganisation(id) : null;
    authorise(actor, 'organisation.manage', organisation && { organisationId: organisation.id });
    if (!organisation) throw new NotFound();
    return { ...organisation, actor };
  }

  async function ask(
    req: Request,
    res: Response,
    { id, name, actor }: Managed,
    errors: Errors,
  ): Promise<void> {
    const values = {
      organisation: name,
      shown: req.method === 'POST' ? typed(req.body, 'shown') : await organisationNameVisibility(id),
      choices: NAME_VISIBILITIES.map(value => ({
        value,
        text: t(`shownName.${value}`),
        example: nameAsShown(t('shownName.sample'), value),
      })),
      saved: 'saved' in req.query,
      action: `/organisations/${id}/shown-name`,
      errors,
    };
    show(req, res, 'certificates/holder/organisation-shown-name', values, frame(actor, errors));
  }

  async function askPaper(
    req: Request,
    res: Response,
    { id, name, actor }: Managed,
    errors: Errors,
  ): Promise<void> {
    const values = {
      organisation: name,
      paper: req.method === 'POST' ? typed(req.body, 'paper') : await paperSizeOf(id),
      choices: PAPER_SIZES.map(value => ({ value, text: t(`paper.${value}`) })),
      saved: 'saved' in req.query,
      action: `/organisations/${id}/paper`,
      errors,
    };
    show(req, res, 'certificates/holder/organisation-paper', values, frame(actor, errors));
  }

  return router;
}

type Errors = Record<string, string>;

const frame = (actor: Actor, errors: Errors) => ({
  status: Object.keys(errors).length > 0 ? 422 : 200,
  nav: navFor(actor),
});
