import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../organisations/units/unit-choice.js';
import { unitOptions } from '../../organisations/units/unit-options.js';
import { answerAddress } from '../conversation.js';
import { typedProvider, type ProviderTexts } from './provider-forms.js';
import { providerHome, signInHome } from './provider-page.js';
import { addProvider, changeProvider, type ProviderFacts, type ProviderSettings } from './providers.js';
import { readOpenIdSettings, readSamlSettings, staysOn, type Wrong } from './read-settings.js';
import { loadOrganisation, loadProvider, pageOf, type Open } from './routes-load-provider.js';

type Protocol = ProviderFacts['protocol'];

/** Where a new provider is set up, by what it speaks. */
const NEW = { openid: 'new', saml: 'new-saml' } as const;

const EMPTY: ProviderTexts = typedProvider({ letsJoin: 'yes' });

export const askNew =
  (protocol: Protocol) =>
  async (deps: WebDeps, req: Request, res: Response): Promise<void> => {
    const open = await loadOrganisation(deps, req);
    await form(deps, req, res, { open, protocol, provider: null, values: EMPTY, errors: {} });
  };

export const keepNew =
  (protocol: Protocol) =>
  async (deps: WebDeps, req: Request, res: Response): Promise<void> => {
    const open = await loadOrganisation(deps, req);
    const settings = await readSettings(deps, req, { open, protocol, provider: null });
    if ('errors' in settings) {
      const values = typedProvider(req.body);
      return form(deps, req, res, { open, protocol, provider: null, values, ...settings });
    }
    const id = await addProvider(settings, deps.secrets.providers, open.by);
    const organisationId = open.organisation.id;
    res.redirect(303, `${providerHome({ id, organisationId })}?done=provider-saved`);
  };

export async function askSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const { protocol, name, issuer, clientId, unitId, letsJoin } = provider;
  const typed = { name, issuer, clientId, metadata: '' };
  const values = { ...typed, unit: unitId ?? '', letsJoin: letsJoin ? 'yes' : '' };
  await form(deps, req, res, { open, protocol, provider, values, errors: {} });
}

export async function keepSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, provider } = await loadProvider(deps, req);
  const { protocol } = provider;
  const settings = await readSettings(deps, req, { open, protocol, provider });
  if ('errors' in settings)
    return form(deps, req, res, { open, protocol, provider, values: typedProvider(req.body), ...settings });
  const changed = { ...settings, staysOn: staysOn(provider, settings) };
  await changeProvider(provider, changed, deps.secrets.providers, open.by);
  res.redirect(303, `${providerHome(provider)}?done=provider-saved`);
}

/** What was typed; or what to correct. */
async function readSettings(
  deps: WebDeps,
  req: Request,
  { open, protocol, provider }: Pick<Filled, 'open' | 'protocol' | 'provider'>,
): Promise<ProviderSettings | Wrong> {
  if (isToFindUnit(req.body)) return { errors: {} };
  const units = open.units.map(({ id }) => id);
  const sent = { body: req.body as unknown, organisationId: open.organisation.id, units, before: provider };
  return protocol === 'saml' ? readSamlSettings(deps, sent) : readOpenIdSettings(deps, sent);
}

interface Filled {
  readonly open: Open;
  readonly protocol: Protocol;
  /** Null: a new one. */
  readonly provider: ProviderFacts | null;
  readonly values: ProviderTexts;
  readonly errors: Record<string, string>;
}

async function form(deps: WebDeps, req: Request, res: Response, filled: Filled): Promise<void> {
  const { open, protocol, provider, values, errors } = filled;
  const { organisation, units } = open;
  const options = await unitOptions(organisation.id, units);
  const home = signInHome(organisation.id);
  const { shared, answer } = pageOf(open, errors);
  const page = {
    ...shared,
    ...{ protocol, isNew: provider === null },
    action: provider === null ? `${home}/providers/${NEW[protocol]}` : `${providerHome(provider)}/settings`,
    back: provider === null ? home : providerHome(provider),
    backText: provider?.name ?? spoken('identity.heading'),
    answer: answerAddress(deps, organisation.id),
    values,
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
  };
  deps.show(req, res, 'people/identity/provider-form', page, answer);
}
