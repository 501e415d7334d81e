import type { WebDeps } from '../../../platform/http/deps.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { identityLimits } from '../identity-limits.js';
import { providerFault, readProvider } from '../openid/open-id.js';
import { descriptionIn, isRoll, readSamlMetadata } from '../saml/saml-description.js';
import { readOpenIdForm, readSamlForm, typedProvider } from './provider-forms.js';
import type { ProviderFacts, ProviderSettings } from './providers.js';

/** The form of a provider as it came. `units`: the ids of those that are open; `before` null: it is a new one. */
export interface SentSettings {
  readonly body: unknown;
  readonly organisationId: string;
  readonly units: readonly string[];
  readonly before: ProviderFacts | null;
}

/** What to correct, by field. */
export interface Wrong {
  readonly errors: Record<string, string>;
}

/** What was typed, with what the provider says of itself. A secret is kept only for the provider that it was given for. */
export async function readOpenIdSettings(
  { config, limits, clock, log }: WebDeps,
  { body, organisationId, units, before }: SentSettings,
): Promise<ProviderSettings | Wrong> {
  const isTest = config.environment === 'test';
  const hasSecret = before !== null && typedProvider(body).issuer.trim() === before.issuer;
  const read = readOpenIdForm(body, { units, hasSecret, isTest });
  if (!read.ok) return { errors: read.errors };
  await limits.consume(identityLimits.ask, organisationId, clock());
  try {
    return { protocol: 'openid', ...read.value, ...(await readProvider(read.value.issuer, isTest)) };
  } catch (error) {
    const fault = providerFault(error);
    log.warn({ organisation: organisationId, fault }, 'Could not read the settings of an identity provider');
    return { errors: { issuer: spoken('errors.issuer-unread') } };
  }
}

/** What was typed, with the metadata that was pasted, now or before. Nothing is fetched from what is in it. */
export function readSamlSettings(
  { config }: Pick<WebDeps, 'config'>,
  { body, units, before }: SentSettings,
): ProviderSettings | Wrong {
  const read = readSamlForm(body, units);
  if (!read.ok) return { errors: read.errors };
  const { pasted, ...typed } = read.value;
  const same = { protocol: 'saml', ...typed, clientId: '', secret: null } as const;
  if (pasted === '') return { ...same, issuer: before?.issuer ?? '', metadata: before?.metadata ?? '' };
  const found = readSamlMetadata(pasted, config.environment === 'test');
  if (typeof found === 'string') return { errors: { metadata: spoken(`errors.saml-metadata.${found}`) } };
  return { ...same, issuer: found.issuer, metadata: JSON.stringify(found) };
}

/**
 * Whether people go on signing in with a provider while its settings change: where it stays the same one, and its name, its secret, who
 * joins, or one of its certificates is replaced.
 */
export function staysOn(before: ProviderFacts, after: ProviderSettings): boolean {
  if (before.unitId !== after.unitId) return false;
  if (before.protocol === 'openid')
    return before.issuer === after.issuer && before.clientId === after.clientId;
  if (before.metadata === after.metadata) return true;
  const description = descriptionIn(after.metadata);
  return description !== null && isRoll(descriptionIn(before.metadata), description);
}
