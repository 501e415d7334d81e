import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { parseForm } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { newOnce, onceIn } from '../../platform/http/once.js';
import { actorOf } from '../../platform/http/page.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { NotFound } from '../../errors.js';
import { navFor } from '../organisations/navigation.js';
import { organisationHead } from '../organisations/organisation-tabs.js';
import { organisationToOpen } from '../organisations/settings/open-organisation.js';
import { allWorking, endToken, makeToken, tokensOf } from './api-tokens.js';
import { SCOPES, scopesIn } from './scopes.js';
import { LIFETIMES, tokenForm, typedToken } from './token-form.js';
import { tokensHome, tokenValues, usedText } from './tokens-page.js';
import { formatMoment } from '../../platform/i18n/i18n.js';

const HOME = '/organisations/:id/tokens';
const OFFICE = '/admin/tokens';

/** The tokens of an organisation's programs: made, shown once and withdrawn by those who administer it. */
export function tokenPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listTokens));
  router.get(`${HOME}/new`, on(askForToken));
  router.post(`${HOME}/new`, on(make));
  router.post(`${HOME}/:token/end`, on(end));
  router.use(OFFICE, administratorsOnly(deps.config));
  router.get(OFFICE, on(listAll));
  return router;
}

async function listTokens({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const tokens = await tokensOf(organisation.id);
  const place = hereIn(organisation.timeZone);
  const values = {
    organisation: organisationHead(organisation, actor),
    make: `${tokensHome(organisation.id)}/new`,
    tokens: tokens.map(token => tokenValues(token, place, clock())),
  };
  show(req, res, 'people/api-tokens/list', values, { nav: navFor(actor) });
}

const askForToken = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, { values: { name: '', days: '180', scopes: [...SCOPES] }, errors: {} });

/** The text is kept nowhere, so the answer to the form is the only page that shows it. */
async function make(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const form = parseForm(tokenForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, { values: typedToken(req.body), errors: form.errors });
  const by = { organisationId: organisation.id, actorId: actor.id, now: deps.clock() };
  const token = await makeToken(form.value, by, onceIn(req.body));
  const back = tokensHome(organisation.id);
  const values = { organisation: organisationHead(organisation, actor), name: form.value.name, token, back };
  deps.show(req, res, 'people/api-tokens/made', values, { nav: navFor(actor) });
}

async function end({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const { token } = req.params;
  const known = isId(token) && (await tokensOf(organisation.id)).some(({ id }) => id === token);
  if (!known) throw new NotFound();
  await endToken(token, { organisationId: organisation.id, actorId: actor.id, now: clock() });
  res.redirect(303, `${tokensHome(organisation.id)}?done=token-ended`);
}

async function listAll({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const place = hereIn(config.timeZone);
  const rows = (await allWorking(clock())).map(token => [
    { text: token.organisation, href: tokensHome(token.organisationId), isName: true },
    { text: token.name, isName: true },
    { text: `${token.beginning}…`, code: true },
    { text: (scopesIn(token.scopes) ?? []).map(scope => spoken(`apiTokens.may.${scope}`)).join(', ') },
    { text: formatMoment(Number(token.expiresAt), place) },
    { text: usedText(token.usedAt, place) },
  ]);
  show(req, res, 'people/api-tokens/office', { rows }, { nav: 'admin' });
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { values, errors }: { values: ReturnType<typeof typedToken>; errors: Record<string, string> },
): Promise<void> {
  const { organisation, actor } = await load(req);
  const shown = {
    organisation: organisationHead(organisation, actor),
    back: tokensHome(organisation.id),
    scopes: SCOPES.map(value => ({ value, label: spoken(`apiTokens.scope.${value}`) })),
    lifetimes: LIFETIMES.map(days => ({ value: String(days), label: spoken('apiTokens.days', { days }) })),
    values,
    errors,
    once: newOnce(),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/api-tokens/new', shown, { status, nav: navFor(actor) });
}
