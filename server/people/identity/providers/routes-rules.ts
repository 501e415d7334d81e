import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { ROLES } from '../../organisations/grants/role-forms.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../organisations/units/unit-choice.js';
import { unitOptions } from '../../organisations/units/unit-options.js';
import { readClaimRule, typedClaimRule } from './provider-forms.js';
import { providerHome } from './provider-page.js';
import { loadProvider, pageOf, type Loaded } from './routes-load-provider.js';
import { addRule, removeRule } from './provider-rules.js';

const RULES = '/organisations/:id/sign-in/providers/:provider/rules';

/** What the claims of a provider mean, for those who administer its organisation. */
export function rulePagesOfProvider(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${RULES}/new`, on(ask));
  router.post(`${RULES}/new`, on(keep));
  router.post(`${RULES}/:rule/removal`, on(remove));
  return router;
}

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, { ...(await loadProvider(deps, req)), errors: {} });
}

async function keep(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadProvider(deps, req);
  const { open, provider } = loaded;
  if (isToFindUnit(req.body)) return page(deps, req, res, { ...loaded, errors: {} });
  const form = readClaimRule(
    req.body,
    open.units.map(({ id }) => id),
  );
  if (!form.ok) return page(deps, req, res, { ...loaded, errors: form.errors });
  await addRule(provider.id, form.value, open.by);
  res.redirect(303, `${providerHome(provider)}?done=claim-rule-added`);
}

async function remove(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  if (!(await removeRule(provider.id, req.params.rule, open.by))) throw new NotFound();
  res.redirect(303, `${providerHome(provider)}?done=claim-rule-removed`);
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, provider, errors }: Loaded & { readonly errors: Record<string, string> },
): Promise<void> {
  const values = typedClaimRule(req.body);
  const options = await unitOptions(open.organisation.id, open.units);
  const { shared, answer } = pageOf(open, errors);
  const rule = {
    ...shared,
    provider: provider.name,
    back: providerHome(provider),
    action: `${providerHome(provider)}/rules/new`,
    values,
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
    roles: ROLES.map(value => ({ value, label: spoken(`roles.role.${value}`) })),
  };
  show(req, res, 'people/identity/rule', rule, answer);
}
