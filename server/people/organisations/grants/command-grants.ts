import { parseArgs } from 'node:util';
import { idOfAddress } from '../../accounts/people.js';
import { translator } from '../../../platform/i18n/i18n.js';
import { dayOf } from '../../../platform/lib/days.js';
import { daysFrom, unitCalled } from '../command-options.js';
import { organisationCalled, type OrganisationFacts } from '../memberships.js';
import { isOfUnits, ROLES } from './role-forms.js';
import { endRole, giveRole } from './role-grants.js';
import { findRole, rolesIn } from './role-queries.js';
import { periodText, roleText } from './role-texts.js';

type Say = (line: string) => void;

const USE = `grants: use list ORGANISATION, end ID, or
appoint EMAIL --organisation ORGANISATION --role ${ROLES.join('|')} [--unit UNIT] [--from DAY] [--last DAY]`;

const words = { t: translator('en'), locale: 'en' };

/** Whoever runs the server, without an account. */
const byOperator = (now: number) => ({ actorId: null, now });

/**
 * `grants list ORGANISATION | appoint EMAIL … | end ID`, at the command line. A running server sends the mail. Returns the exit
 * code; throws an error with a sentence when nothing was changed.
 */
export async function runGrants(args: string[], say: Say): Promise<number> {
  const [verb, named = '', ...options] = args;
  if (verb === 'list') await list(await organisationCalled(named), say);
  else if (verb === 'appoint') await appointAs(named, options, say);
  else if (verb === 'end') await endNow(named, say);
  else throw new Error(USE);
  return 0;
}

async function list({ id, timeZone }: OrganisationFacts, say: Say): Promise<void> {
  const asked = { today: dayOf(Date.now(), timeZone), limit: 500 };
  for (let after = ''; ;) {
    const found = await rolesIn(id, { ...asked, after });
    for (const role of found)
      say(`${role.id}  ${role.email}  ${roleText(role, words)}  ${periodText(role, words)}`);
    const last = found.at(-1);
    if (!last || found.length < asked.limit) return;
    after = `${last.name} ${last.id}`;
  }
}

async function appointAs(email: string, args: string[], say: Say): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const role = ROLES.find(each => each === values.role);
  if (!role) throw new Error(USE);
  const organisation = await organisationCalled(values.organisation);
  const userId = await idOfAddress(email);
  if (userId === null) throw new Error(`No account has the address "${email}"`);
  const now = Date.now();
  const today = dayOf(now, organisation.timeZone);
  const given = {
    ...{ organisationId: organisation.id, userId, role },
    unitId: await unitFor(values.unit, role, organisation.id),
    ...daysFrom(values, today),
  };
  say(`${email}: ${SAID[await giveRole(given, byOperator(now))]}`);
}

const text = { type: 'string', default: '' } as const;
const OPTIONS = { organisation: text, role: text, unit: text, from: text, last: text } as const;

const SAID = {
  made: 'has the role. We e-mail them',
  held: 'already has this role on some of these dates, nothing to change',
  unready: 'has not confirmed the address yet, or is blocked. Resolve that first',
};

async function unitFor(named: string, role: string, organisationId: string): Promise<string | null> {
  if (named === '') return null;
  if (!isOfUnits(role))
    throw new Error(`The role ${role} applies to the whole organisation, so it cannot have a unit`);
  return unitCalled(named, organisationId);
}

async function endNow(id: string, say: Say): Promise<void> {
  const role = await findRole(id);
  if (!role)
    throw new Error(`There is no role with the id "${id}". "grants list ORGANISATION" shows the ids`);
  const now = Date.now();
  const today = dayOf(now, role.timeZone);
  const hasEnded = await endRole(role, { day: today, today }, byOperator(now));
  say(`${role.email}: ${hasEnded ? 'the role has ended. We e-mail them' : 'nothing to change'}`);
}
