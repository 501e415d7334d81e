import { parseArgs } from 'node:util';
import { organisationCalled, type OrganisationFacts } from '../organisations/memberships.js';
import { endToken, makeToken, MOST_DAYS, tokensOf } from './api-tokens.js';
import { SCOPES, scopesIn } from './scopes.js';
import { tokenState } from './tokens-page.js';

type Say = (line: string) => void;

const USE = `tokens: use list ORGANISATION, end ORGANISATION BEGINNING, or
make ORGANISATION --name NAME --scopes ${SCOPES.join(',')} [--days DAYS]`;

/**
 * `tokens list ORGANISATION | make ORGANISATION … | end ORGANISATION BEGINNING`, at the command line. Returns the exit code; throws
 * an error with a sentence when nothing was changed.
 */
export async function runTokens([verb, named = '', ...options]: string[], say: Say): Promise<number> {
  if (verb === 'list') await list(await organisationCalled(named), say);
  else if (verb === 'make') await make(await organisationCalled(named), options, say);
  else if (verb === 'end') await end(await organisationCalled(named), options[0] ?? '', say);
  else throw new Error(USE);
  return 0;
}

async function list({ id }: OrganisationFacts, say: Say): Promise<void> {
  const day = (moment: number) => new Date(Number(moment)).toISOString().slice(0, 10);
  for (const token of await tokensOf(id)) {
    const used = token.usedAt === null ? 'never used' : `used ${day(token.usedAt)}`;
    const state = tokenState(token, Date.now());
    say(
      `${token.beginning}  ${state}  until ${day(token.expiresAt)}  ${used}  ${token.scopes}  ${token.name}`,
    );
  }
}

const OPTIONS = {
  name: { type: 'string', default: '' },
  scopes: { type: 'string', default: '' },
  days: { type: 'string', default: '180' },
} as const;

/** The token is the only line, so that it can go straight into a file. */
async function make({ id: organisationId }: OrganisationFacts, args: string[], say: Say): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const [name, scopes, days] = [values.name.trim(), scopesIn(values.scopes), Number(values.days)];
  if (name === '' || name.length > 100)
    throw new Error('Give the token a name of up to 100 characters with --name');
  if (!scopes) throw new Error(`Say what the token can do with --scopes ${SCOPES.join(',')}`);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new Error(`Give the number of days it works, up to ${MOST_DAYS}, with --days`);
  say(await makeToken({ name, scopes, days }, { organisationId, actorId: null, now: Date.now() }));
}

async function end(
  { id: organisationId, name }: OrganisationFacts,
  beginning: string,
  say: Say,
): Promise<void> {
  const [found, second] = (await tokensOf(organisationId)).filter(token => token.beginning === beginning);
  if (!found) throw new Error(`${name} has no token that begins with "${beginning}"`);
  if (second) throw new Error(`${name} has several tokens that begin with "${beginning}"`);
  const hasEnded = await endToken(found.id, { organisationId, actorId: null, now: Date.now() });
  say(`${beginning}: ${hasEnded ? 'withdrawn' : 'nothing to change'}`);
}
