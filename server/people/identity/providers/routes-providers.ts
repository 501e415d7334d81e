import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { domainsOf } from '../domains/domains.js';
import { keepersOf } from '../enforcement.js';
import { readState } from './provider-forms.js';
import { endingCertificate, providerFacts, providerHome, ruleRow, signInHome } from './provider-page.js';
import { setProviderState } from './providers.js';
import { removeProvider } from './remove-provider.js';
import { loadProvider, pageOf, type Loaded } from './routes-load-provider.js';
import { askNew, askSettings, keepNew, keepSettings } from './routes-provider-form.js';
import { addressesToTell } from './addresses-to-tell.js';
import { sendToProvider } from '../routes-trip.js';
import { rulesOf } from './provider-rules.js';

const HOME = '/organisations/:id/sign-in/providers';
const ONE = `${HOME}/:provider`;

/** The providers of an organisation, for those who administer it. */
export function providerPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${HOME}/new`, on(askNew('openid')));
  router.post(`${HOME}/new`, on(keepNew('openid')));
  router.get(`${HOME}/new-saml`, on(askNew('saml')));
  router.post(`${HOME}/new-saml`, on(keepNew('saml')));
  router.get(ONE, on(showProvider));
  router.post(ONE, on(turn));
  router.get(`${ONE}/settings`, on(askSettings));
  router.post(`${ONE}/settings`, on(keepSettings));
  router.get(`${ONE}/test`, on(test));
  router.post(`${ONE}/removal`, on(remove));
  return router;
}

async function showProvider(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, { ...(await loadProvider(deps, req)), errors: {} });
}

/** Turn it off or on. Where nothing is proven, or it was never tried, it cannot be turned on. */
async function turn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadProvider(deps, req);
  const { open, provider } = loaded;
  const wrong = (errors: Record<string, string>) => page(deps, req, res, { ...loaded, errors });
  const keepers = await keepersOf(open.organisation, deps.clock());
  const read = readState(
    req.body,
    keepers.map(({ id }) => id),
  );
  if (!read.ok) return wrong(read.errors);
  const { state } = read.value;
  const hasDomain = (await domainsOf(open.organisation.id)).some(({ provenAt }) => provenAt !== null);
  if (state !== 'off' && !hasDomain) return wrong({ state: spoken('errors.provider-domain') });
  if (state === 'enforced' && provider.unitId !== null)
    return wrong({ state: spoken('errors.provider-of-unit') });
  if (!(await setProviderState(provider, read.value, open.by)))
    return wrong({ state: spoken('errors.provider-untested') });
  res.redirect(303, `${providerHome(provider)}?done=provider-set`);
}

/** One whose metadata is still missing cannot be tried. */
async function test(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  if (provider.metadata === '') throw new NotFound();
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
  { open, provider, errors }: Loaded & { readonly errors: Record<string, string> },
): Promise<void> {
  const { organisation } = open;
  const home = providerHome(provider);
  const isWrong = Object.keys(errors).length > 0;
  const { shared, answer } = pageOf(open, errors);
  const values = {
    ...shared,
    ...{ name: provider.name, home, back: signInHome(organisation.id) },
    facts: providerFacts(provider, hereIn(organisation.timeZone)),
    told: addressesToTell(deps, provider),
    ...endingCertificate(provider, deps.clock()),
    state: isWrong ? typed(req.body, 'state') : provider.state,
    keyholder: isWrong ? typed(req.body, 'keyholder') : (provider.keyholderId ?? ''),
    keepers: (await keepersOf(organisation, deps.clock())).map(({ id, name, email }) => ({
      value: id,
      label: `${name} (${email})`,
    })),
    rules: (await rulesOf(provider.id)).map(rule => ruleRow(rule, home)),
  };
  deps.show(req, res, 'people/identity/provider', values, answer);
}
