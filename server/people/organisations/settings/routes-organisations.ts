import { Router, type Request, type Response } from 'express';
import { library } from '../../../teaching/courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { intlTag } from '../../../platform/i18n/i18n.js';
import { spokenLocale } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { makeOrganisation } from './keep-organisations.js';
import { listOrganisations } from './organisation-list.js';
import { listValues, profileChoices } from './organisation-values.js';
import { readProfile, typedProfile, type ProfileTexts } from './profile-form.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

const HOME = '/admin/organisations';
/** Rows on one page of the list. */
const PAGE = 50;

/** All organisations, and the form that makes another: for administrators of the installation. */
export function organisationOffice(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(list));
  router.get(`${HOME}/new`, on(showForm));
  router.post(`${HOME}/new`, on(make));
  return router;
}

async function list({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const query = typed(req.query, 'query').trim();
  const part = await pageOfList(PAGE, limit => listOrganisations(query, listPlace(req.query), limit));
  const values = listValues({ query, ...part }, spokenLocale());
  show(req, res, 'people/organisations/settings/list', values, { nav: 'admin' });
}

/** A new form holds what most organisations of this installation would choose. */
const showForm = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(
    deps,
    req,
    res,
    { ...typedProfile({}), timeZone: deps.config.timeZone, locale: intlTag(spokenLocale()) },
    {},
  );

async function make(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { hotlines } = await library();
  const form = readProfile(
    req.body,
    hotlines.countries.map(({ code }) => code),
  );
  if (!form.ok) return page(deps, req, res, typedProfile(req.body), form.errors);
  const by = { actorId: signedIn(actorOf(req)).id, now: deps.clock() };
  const id = await makeOrganisation(form.value, by);
  res.redirect(303, `/organisations/${id}?done=organisation-made`);
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  values: ProfileTexts,
  errors: Record<string, string>,
): Promise<void> {
  const { hotlines } = await library();
  const shown = { values, errors, choices: profileChoices(hotlines.countries, spokenLocale()) };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/settings/new', shown, { status, nav: 'admin' });
}
