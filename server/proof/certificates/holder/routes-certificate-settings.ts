import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { setCertificateSettings } from '../../../people/organisations/certificate-settings.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { PAPER_SIZES } from '../documents/pdf/paper.js';
import { nameAsShown, NAME_VISIBILITIES } from './name-privacy.js';

const certificateForm = z.object({
  shown: z.enum(NAME_VISIBILITIES, 'errors.shown'),
  paper: z.enum(PAPER_SIZES, 'errors.paper'),
});

const HOME = '/organisations/:id';
const PAGE = `${HOME}/settings/certificates`;

type Deps = Pick<WebDeps, 'show' | 'clock'>;

/** What an organisation chooses for certificates: how much of its people's names strangers see, and the paper it prints on. */
export function certificateSettingRoutes(deps: Deps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(choose));
  // Where each had a page of its own.
  for (const old of ['shown-name', 'paper']) router.get(`${HOME}/${old}`, on(showNewPlace));
  return router;
}

async function ask(deps: Deps, req: Request, res: Response): Promise<void> {
  const { organisation } = await toKeep(req);
  await answer(deps, req, res, { shown: organisation.shownName, paper: organisation.paper, errors: {} });
}

async function choose(deps: Deps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const form = parseForm(certificateForm, req.body, spoken);
  const chosen = { shown: typed(req.body, 'shown'), paper: typed(req.body, 'paper') };
  if (!form.ok) return answer(deps, req, res, { ...chosen, errors: form.errors });
  await setCertificateSettings(organisation.id, form.value, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${addressOf(organisation)}?done=settings`);
}

async function showNewPlace(_deps: Deps, req: Request, res: Response): Promise<void> {
  const { organisation } = await toKeep(req);
  res.redirect(301, addressOf(organisation));
}

const addressOf = ({ id }: { id: string }): string => `/organisations/${id}/settings/certificates`;

async function answer(
  { show }: Deps,
  req: Request,
  res: Response,
  form: { shown: string; paper: string; errors: Record<string, string> },
): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const values = {
    ...form,
    organisation: organisationHead(organisation, actor),
    visibilities: NAME_VISIBILITIES.map(value => ({
      value,
      text: spoken(`shownName.${value}`),
      example: nameAsShown(spoken('shownName.sample'), value),
    })),
    papers: PAPER_SIZES.map(value => ({ value, text: spoken(`paper.${value}`) })),
    action: addressOf(organisation),
    back: `/organisations/${organisation.id}/settings`,
  };
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/certificates/holder/organisation-certificates', values, {
    status,
    nav: navFor(actor),
  });
}

const toKeep = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');
