import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { isId } from '../lib/ids.js';
import { findOrganisation } from '../organisations/memberships.js';
import { authorise, signedIn } from '../policy.js';
import { organisationShows, setShown, SHOWN } from './showing.js';

const shownForm = z.object({ shown: z.enum(SHOWN, 'errors.shown') });

/** What strangers see of the names of an organisation's people: its managers choose. */
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
    await setShown(organisation.id, form.value.shown, by);
    res.redirect(303, `/organisations/${organisation.id}/shown-name?saved`);
  });

  async function managed(req: Request) {
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
    { id, name, actor }: Awaited<ReturnType<typeof managed>>,
    errors: Record<string, string>,
  ): Promise<void> {
    const values = {
      organisation: name,
      shown: await organisationShows(id),
      choices: SHOWN.map(value => ({ value, text: t(`shownName.${value}`), example: null })),
      saved: 'saved' in req.query,
      action: `/organisations/${id}/shown-name`,
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const nav = actor.isAdministrator ? 'admin' : 'certificates';
    show(req, res, 'certificates/organisation-shown-name', values, { status, nav });
  }

  return router;
}
