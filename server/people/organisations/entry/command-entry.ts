import { parseArgs } from 'node:util';
import { idOfAddress } from '../../accounts/people.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { can, type Actor } from '../../../policy.js';
import { loadActor } from '../actors.js';
import { unitCalled } from '../command-options.js';
import { organisationCalled, type OrganisationFacts } from '../memberships.js';
import { entranceOf } from './entrances.js';
import { entryCodeText, makeEntryCodes } from './entry-codes.js';
import { peopleWithoutAddress, type AskedCards } from './without-address.js';

type Say = (line: string) => void;

const USE = `entry-cards: use list ORGANISATION --as EMAIL [--unit UNIT] [--with-address], or
make ORGANISATION --as EMAIL [--unit UNIT] [--staff-number NUMBER] [--with-address]`;

const text = { type: 'string', default: '' } as const;
const OPTIONS = {
  ...{ as: text, unit: text, 'staff-number': text },
  'with-address': { type: 'boolean', default: false },
} as const;

/**
 * `entry-cards list | make ORGANISATION --as EMAIL …`, at the command line: the cards of people without an e-mail address, as far as
 * that account sees them. `make`: for all who have neither a card nor a PIN, or a new one for one person. `key`: of the codes.
 * Returns the exit code; throws an error with a sentence when nothing was changed.
 */
export async function runEntryCards(args: string[], key: Buffer, say: Say): Promise<number> {
  const [verb, named = '', ...options] = args;
  if (verb !== 'list' && verb !== 'make') throw new Error(USE);
  const { values } = parseArgs({ args: options, options: OPTIONS });
  const organisation = await organisationCalled(named);
  const actor = await managerWith(values.as, organisation);
  const unitId = values.unit === '' ? '' : await unitCalled(values.unit, organisation.id);
  // Somebody whose number is named gets a card whether they have an address or not.
  const withAddress = values['with-address'] || values['staff-number'] !== '';
  const read = () => everybody(actor, { organisationId: organisation.id, unitId, withAddress });
  if (verb === 'make') await make(await read(), values['staff-number'], { organisation, actor });
  say(`Organisation code ${await entranceOf(organisation.id, Date.now())}: people enter it at /staff/first`);
  for (const { name, staffNumber, codeId, codeUntil } of await read())
    say(
      `${staffNumber}  ${name}  ${codeId === null ? 'no card' : `${displayCode(entryCodeText(key, codeId))}  until ${isoDay(codeUntil)}`}`,
    );
  return 0;
}

type Listed = Awaited<ReturnType<typeof peopleWithoutAddress>>['people'];

/** All parts of the list. */
async function everybody(
  actor: Actor,
  of: Pick<AskedCards, 'organisationId' | 'unitId' | 'withAddress'>,
): Promise<Listed> {
  const all: Listed[] = [];
  for (let part = 1, parts = 1; part <= parts; part += 1) {
    const found = await peopleWithoutAddress(actor, { ...of, only: '', query: '', now: Date.now() }, part);
    all.push(found.people);
    parts = found.parts;
  }
  return all.flat();
}

async function make(
  people: Listed,
  staffNumber: string,
  { organisation, actor }: { organisation: OrganisationFacts; actor: Actor },
): Promise<void> {
  const chosen = people.filter(each =>
    staffNumber === '' ? each.userId === null && each.codeId === null : each.staffNumber === staffNumber,
  );
  if (chosen.some(({ getsCard }) => !getsCard))
    throw new Error(
      `Another organisation issued the PIN of "${staffNumber}", or several organisations use the account. Only the organisation that issued the first card can issue a new one`,
    );
  if (staffNumber !== '' && chosen.length === 0)
    throw new Error(`No one here without an e-mail address has the staff number "${staffNumber}"`);
  const ids = chosen.map(({ id }) => id);
  await makeEntryCodes(ids, { organisationId: organisation.id, actorId: actor.id, now: Date.now() });
}

async function managerWith(email: string, { id: organisationId, name }: OrganisationFacts): Promise<Actor> {
  const userId = await idOfAddress(email);
  const actor = userId && (await loadActor(userId, Date.now()));
  if (!actor || !can(actor, 'organisation.people', { organisationId }))
    throw new Error(`Give the e-mail address of someone who manages people at ${name} with --as`);
  return actor;
}

const isoDay = (ms: number | null): string => new Date(Number(ms)).toISOString().slice(0, 10);
