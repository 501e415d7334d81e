import type { Request, Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { spoken } from '../i18n/spoken.js';
import { navFor } from '../organisations/navigation.js';
import { organisationHead } from '../organisations/organisation-tabs.js';
import { isToFindUnit, unitChoice, unitQuery } from '../organisations/units/unit-choice.js';
import { unitOptions } from '../organisations/units/unit-options.js';
import { readProviderForm, typedProvider, type ProviderTexts } from './identity-forms.js';
import { identityLimits } from './identity-limits.js';
import { providerFault, readProvider } from './open-id.js';
import { providerHome, signInHome } from './provider-page.js';
import { addProvider, changeProvider, type ProviderFacts, type ProviderSettings } from './providers.js';
import { loadOrganisation, loadProvider, type Open } from './routes-load-provider.js';
import { answerAddress } from './routes-trip.js';

const EMPTY: ProviderTexts = { name: '', issuer: '', clientId: '', unit: '', letsJoin: 'yes' };

export async function askNew(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOrganisation(deps, req);
  await form(deps, req, res, { open, provider: null, values: EMPTY, errors: {} });
}

export async function keepNew(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOrganisation(deps, req);
  const settings = await readSettings(deps, req, open, null);
  if ('errors' in settings)
    return form(deps, req, res, { open, provider: null, values: typedProvider(req.body), ...settings });
  const id = await addProvider(settings, deps.secrets.providers, open.by);
  const organisationId = open.organisation.id;
  res.redirect(303, `${providerHome({ id, organisationId })}?done=provider-saved`);
}

export async function askSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const { name, issuer, clientId, unitId, letsJoin } = provider;
  const values = { name, issuer, clientId, unit: unitId ?? '', letsJoin: letsJoin ? 'yes' : '' };
  await form(deps, req, res, { open, provider, values, errors: {} });
}

export async function keepSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const settings = await readSettings(deps, req, open, provider);
  if ('errors' in settings)
    return form(deps, req, res, { open, provider, values: typedProvider(req.body), ...settings });
  await changeProvider(provider, settings, deps.secrets.providers, open.by);
  res.redirect(303, `${providerHome(provider)}?done=provider-saved`);
}

/** What was typed, with what the provider says of itself; or what to correct. A secret is kept only for the provider that it was given for. */
async function readSettings(
  { config, limits, clock, log }: WebDeps,
  req: Request,
  { organisation, units }: Open,
  provider: ProviderFacts | null,
): Promise<ProviderSettings | { readonly errors: Record<string, string> }> {
  if (isToFindUnit(req.body)) return { errors: {} };
  const isTest = config.environment === 'test';
  const hasSecret = provider !== null && typedProvider(req.body).issuer.trim() === provider.issuer;
  const read = readProviderForm(req.body, { units: units.map(({ id }) => id), hasSecret, isTest });
  if (!read.ok) return { errors: read.errors };
  await limits.consume(identityLimits.ask, organisation.id, clock());
  try {
    return { ...read.value, ...(await readProvider(read.value.issuer, isTest)) };
  } catch (error) {
    log.warn(
      { organisation: organisation.id, fault: providerFault(error) },
      'An identity provider could not be read',
    );
    return { errors: { issuer: spoken('errors.issuer-unread') } };
  }
}

interface Filled {
  readonly open: Open;
  /** Null: a new one. */
  readonly provider: ProviderFacts | null;
  readonly values: ProviderTexts;
  readonly errors: Record<string, string>;
}

async function form(deps: WebDeps, req: Request, res: Response, filled: Filled): Promise<void> {
  const { open, provider, values, errors } = filled;
  const { organisation, actor, units } = open;
  const options = await unitOptions(organisation.id, units);
  const home = signInHome(organisation.id);
  const page = {
    organisation: organisationHead(organisation, actor),
    isNew: provider === null,
    action: provider === null ? `${home}/providers/new` : `${providerHome(provider)}/settings`,
    back: provider === null ? home : providerHome(provider),
    backText: provider?.name ?? spoken('identity.heading'),
    answer: answerAddress(deps, organisation.id),
    values,
    errors,
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'identity/provider-form', page, { status, nav: navFor(actor) });
}
