import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { navFor } from '../../organisations/navigation.js';
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

type Deps = Pick<WebDeps, 'show' | 'clock'>;

/** What managers choose for an organisation: how much of its people's names strangers see, and the paper it prints on. */
export function organisationSettingRoutes(deps: Deps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/organisations/:id/shown-name', on(askShownName));
  router.post('/organisations/:id/shown-name', on(chooseShownName));
  router.get('/organisations/:id/paper', on(askPaper));
  router.post('/organisations/:id/paper', on(choosePaper));
  return router;
}

async function askShownName(deps: Deps, req: Request, res: Response): Promise<void> {
  const organisation = await load(req);
  const shown = await organisationNameVisibility(organisation.id);
  answerShownName(deps, req, res, { organisation, shown, errors: {} });
}

async function chooseShownName(deps: Deps, req: Request, res: Response): Promise<void> {
  const organisation = await load(req);
  const form = parseForm(shownForm, req.body, spoken);
  const shown = typed(req.body, 'shown');
  if (!form.ok) return answerShownName(deps, req, res, { organisation, shown, errors: form.errors });
  const by = { actorId: organisation.actor.id, now: deps.clock() };
  await setNameVisibility(organisation.id, form.value.shown, by);
  res.redirect(303, `/organisations/${organisation.id}/shown-name?saved`);
}

async function askPaper(deps: Deps, req: Request, res: Response): Promise<void> {
  const organisation = await load(req);
  const paper = await paperSizeOf(organisation.id);
  answerPaper(deps, req, res, { organisation, paper, errors: {} });
}

async function choosePaper(deps: Deps, req: Request, res: Response): Promise<void> {
  const organisation = await load(req);
  const form = parseForm(paperForm, req.body, spoken);
  const paper = typed(req.body, 'paper');
  if (!form.ok) return answerPaper(deps, req, res, { organisation, paper, errors: form.errors });
  const by = { actorId: organisation.actor.id, now: deps.clock() };
  await setPaperSize(organisation.id, form.value.paper, by);
  res.redirect(303, `/organisations/${organisation.id}/paper?saved`);
}

type Managed = OrganisationFacts & { readonly actor: Actor };

/** The organisation that an address names, for its managers. Throws otherwise. */
async function load(req: Request): Promise<Managed> {
  const actor = signedIn(actorOf(req));
  const id = req.params['id'];
  const organisation = isId(id) ? await findOrganisation(id) : null;
  authorise(actor, 'organisation.manage', organisation && { organisationId: organisation.id });
  if (!organisation) throw new NotFound();
  return { ...organisation, actor };
}

interface Form {
  readonly organisation: Managed;
  readonly errors: Record<string, string>;
}

function answerShownName(
  { show }: Deps,
  req: Request,
  res: Response,
  { organisation: { id, name, actor }, shown, errors }: Form & { shown: string },
): void {
  const values = {
    organisation: name,
    shown,
    choices: NAME_VISIBILITIES.map(value => ({
      value,
      text: spoken(`shownName.${value}`),
      example: nameAsShown(spoken('shownName.sample'), value),
    })),
    saved: 'saved' in req.query,
    action: `/organisations/${id}/shown-name`,
    errors,
  };
  show(req, res, 'certificates/holder/organisation-shown-name', values, frame(actor, errors));
}

function answerPaper(
  { show }: Deps,
  req: Request,
  res: Response,
  { organisation: { id, name, actor }, paper, errors }: Form & { paper: string },
): void {
  const values = {
    organisation: name,
    paper,
    choices: PAPER_SIZES.map(value => ({ value, text: spoken(`paper.${value}`) })),
    saved: 'saved' in req.query,
    action: `/organisations/${id}/paper`,
    errors,
  };
  show(req, res, 'certificates/holder/organisation-paper', values, frame(actor, errors));
}

const frame = (actor: Actor, errors: Form['errors']) => ({
  status: Object.keys(errors).length > 0 ? 422 : 200,
  nav: navFor(actor),
});
