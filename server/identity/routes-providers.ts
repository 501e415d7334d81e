import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { handlersWith } from '../http/handlers.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { navFor } from '../organisations/navigation.js';
import { organisationHead } from '../organisations/organisation-tabs.js';
import { domainsOf } from './domains.js';
import { keepersOf } from './enforcement.js';
import { readState } from './identity-forms.js';
import { providerFacts, providerHome, ruleRow, signInHome } from './provider-page.js';
import { setProviderState } from './providers.js';
import { removeProvider } from './remove-provider.js';
import { loadProvider } from './routes-load-provider.js';
import { askNew, askSettings, keepNew, keepSettings } from './routes-provider-form.js';
import { answerAddress, sendToProvider } from './routes-trip.js';
import { rulesOf } from './provider-rules.js';

const HOME = '/organisations/:id/sign-in/providers';
const ONE = `${HOME}/:provider`;

/** The providers of an organisation, for those who administer it. */
export function providerPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${HOME}/new`, on(askNew));
  router.post(`${HOME}/new`, on(keepNew));
  router.get(ONE, on(showProvider));
  router.post(ONE, on(turn));
  router.get(`${ONE}/settings`, on(askSettings));
  router.post(`${ONE}/settings`, on(keepSettings));
  router.get(`${ONE}/test`, on(test));
  router.post(`${ONE}/removal`, on(remove));
  return router;
}

async function showProvider(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, {});
}

/** Turn it off or on. Where nothing is proven, or it was never tried, it cannot be turned on. */
async function turn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const keepers = await keepersOf(open.organisation.id);
  const read = readState(
    req.body,
    keepers.map(({ id }) => id),
  );
  if (!read.ok) return page(deps, req, res, read.errors);
  const { state } = read.value;
  const hasDomain = (await domainsOf(open.organisation.id)).some(({ provenAt }) => provenAt !== null);
  if (state !== 'off' && !hasDomain) return page(deps, req, res, { state: spoken('errors.provider-domain') });
  if (state === 'enforced' && provider.unitId !== null)
    return page(deps, req, res, { state: spoken('errors.provider-of-unit') });
  if (!(await setProviderState(provider, read.value, open.by)))
    return page(deps, req, res, { state: spoken('errors.provider-untested') });
  res.redirect(303, `${providerHome(provider)}?done=provider-set`);
}

async function test(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const trip = { purpose: 'test', userId: open.actor.id, next: '' } as const;
  await sendToProvider(deps, { req, res }, provider, trip);
}

async function remove(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  await removeProvider(provider, open.by);
  res.redirect(303, `${signInHome(open.organisation.id)}?done=provider-removed`);
}

async function page(
  deps: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const [place, home] = [hereIn(open.organisation.timeZone), providerHome(provider)];
  const isWrong = Object.keys(errors).length > 0;
  const values = {
    organisation: organisationHead(open.organisation, open.actor),
    ...{ name: provider.name, home, back: signInHome(open.organisation.id), errors },
    facts: providerFacts(provider, place),
    answer: answerAddress(deps, open.organisation.id),
    state: isWrong ? typed(req.body, 'state') : provider.state,
    keyholder: isWrong ? typed(req.body, 'keyholder') : (provider.keyholderId ?? ''),
    keepers: (await keepersOf(open.organisation.id)).map(({ id, name, email }) => ({
      value: id,
      label: `${name} (${email})`,
    })),
    rules: (await rulesOf(provider.id)).map(rule => ruleRow(rule, home)),
  };
  deps.show(req, res, 'identity/provider', values, { status: isWrong ? 422 : 200, nav: navFor(open.actor) });
}
