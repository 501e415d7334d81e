import { organisationCalled } from '../../organisations/memberships.js';
import { providerWithId, providersOf, setProviderState, type ProviderFacts } from './providers.js';
import { rulesOf } from './provider-rules.js';

type Say = (line: string) => void;

const USE = 'providers: use list ORGANISATION, show ID or off ID';

/**
 * `providers list ORGANISATION | show ID | off ID`, at the command line: passwords and mailed links work again where a provider that
 * was the only way in is turned off. Returns the exit code; throws an error with a sentence when nothing was changed.
 */
export async function runProviders([verb, named = '']: string[], say: Say): Promise<number> {
  if (verb === 'list') await list(named, say);
  else if (verb === 'show') await show(await providerCalled(named), say);
  else if (verb === 'off') await turnOff(await providerCalled(named), say);
  else throw new Error(USE);
  return 0;
}

async function list(named: string, say: Say): Promise<void> {
  const { id } = await organisationCalled(named);
  for (const provider of await providersOf(id))
    say(`${provider.id}  ${provider.state}  ${provider.name}${provider.unit ? `  (${provider.unit})` : ''}`);
}

async function show(provider: ProviderFacts, say: Say): Promise<void> {
  const { name, organisation, unit, issuer, state, letsJoin, testedAt } = provider;
  say(`${name}, of ${organisation}${unit ? `, ${unit}` : ''}`);
  say(`${state}; ${testedAt === null ? 'not tested' : `tested on ${day(testedAt)}`}`);
  say(`issuer ${issuer}, settings read on ${day(provider.readAt)}`);
  say(letsJoin ? 'people join when they sign in' : 'only people on the list can sign in');
  for (const rule of await rulesOf(provider.id))
    say(
      `rule: ${rule.claim} = ${rule.value}: ${[rule.unit, rule.job, rule.role].filter(Boolean).join(', ')}`,
    );
}

async function turnOff(provider: ProviderFacts, say: Say): Promise<void> {
  const by = { organisationId: provider.organisationId, actorId: null, now: Date.now() };
  await setProviderState(provider, { state: 'off', keyholderId: null }, by);
  say(`${provider.name} is off. People at ${provider.organisation} can sign in with a password or a link`);
}

async function providerCalled(id: string): Promise<ProviderFacts> {
  const found = await providerWithId(id);
  if (!found) throw new Error(`There is no provider "${id}". "providers list ORGANISATION" shows their ids`);
  return found;
}

const day = (moment: number): string => new Date(Number(moment)).toISOString().slice(0, 10);
