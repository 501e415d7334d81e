import { Router, type Request, type Response } from 'express';
import { emailField } from '../accounts/account-fields.js';
import { ownPage } from '../accounts/sign-in/own-page.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { parseForm, typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { networkOf } from '../../platform/http/security/network.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { z } from 'zod';
import { organisationToFind } from './domains/domains.js';
import { signInAddress } from './enforcement.js';
import { identityLimits } from './identity-limits.js';
import { findProvider, providersOf, type ProviderFacts } from './providers/providers.js';
import { sendToProvider } from './routes-trip.js';

const PAGE = '/sign-in/organisation';

/** Where people find the sign-in of their organisation, and leave for it. */
export function findPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(find));
  router.get(`${PAGE}/:id`, on(showProviders));
  router.get(`${PAGE}/:id/to/:provider`, on(leave));
  return router;
}

const findForm = z.object({ email: emailField });

function ask({ show }: WebDeps, req: Request, res: Response): void {
  const page = { email: '', next: ownPage(typed(req.query, 'next')), errors: {} };
  show(req, res, 'people/identity/find', page, { nav: 'sign-in' });
}

/** By the domain of an address: whether somebody has an account with it is nobody's business here. */
async function find({ show, limits, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  await limits.consume(identityLimits.find, networkOf(req.ip), clock());
  const form = parseForm(findForm, req.body, spoken);
  const next = ownPage(typed(req.body, 'next'));
  const found = form.ok ? await organisationToFind(form.value.email) : null;
  if (found !== null && (await openProviders(found)).length > 0)
    return res.redirect(303, withNext(signInAddress(found), next));
  const errors = form.ok ? { email: spoken('identity.find.none') } : form.errors;
  show(
    req,
    res,
    'people/identity/find',
    { email: typed(req.body, 'email'), next, errors },
    { status: 422, nav: 'sign-in' },
  );
}

async function showProviders({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = req.params;
  const providers = isId(id) ? await openProviders(id) : [];
  const [first] = providers;
  if (!first) throw new NotFound();
  const next = ownPage(typed(req.query, 'next'));
  const page = {
    organisation: first.organisation,
    isEnforced: providers.some(({ state }) => state === 'enforced'),
    providers: providers.map(({ id: providerId, name, unit }) => ({
      name: unit === null ? name : `${name} · ${unit}`,
      href: withNext(`${signInAddress(first.organisationId)}/to/${providerId}`, next),
    })),
  };
  show(req, res, 'people/identity/organisation', page, { nav: 'sign-in' });
}

async function leave(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, provider: providerId } = req.params;
  const provider = isId(id) ? await findProvider(id, providerId) : null;
  if (!provider || provider.state === 'off') throw new NotFound();
  await deps.limits.consume(identityLimits.leave, networkOf(req.ip), deps.clock());
  const next = ownPage(typed(req.query, 'next'));
  await sendToProvider(deps, { req, res }, provider, { purpose: 'sign-in', userId: null, next });
}

const openProviders = async (organisationId: string): Promise<ProviderFacts[]> =>
  (await providersOf(organisationId)).filter(({ state }) => state !== 'off');

const withNext = (address: string, next: string): string =>
  next === '' ? address : `${address}?next=${encodeURIComponent(next)}`;
