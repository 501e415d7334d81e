import { parseArgs } from 'node:util';
import { administrators, endAdministrator, makeAdministrator } from './administrators.js';
import { blockPerson, unblockPerson } from './blocking.js';
import { resetFactors } from './factors/factor-resets.js';
import { idOfAddress } from './people.js';

type Say = (line: string) => void;

/** Whoever runs the server, without an account. */
const byOperator = () => ({ actorId: null, now: Date.now() });

const LAST = 'This is the last site administrator. Make someone else one first: administrators make EMAIL';

/**
 * `administrators list | make EMAIL | end EMAIL`, at the command line. A running server sends the mail. Returns the exit
 * code; throws an error with a sentence when nothing was changed.
 */
export async function runAdministrators(args: string[], say: Say): Promise<number> {
  const [verb, email = ''] = args;
  if (verb === 'list') return list(say);
  if (verb !== 'make' && verb !== 'end') throw new Error('administrators: use list, make EMAIL or end EMAIL');
  const userId = await whose(email);
  const outcome =
    verb === 'make'
      ? await makeAdministrator(userId, byOperator())
      : await endAdministrator(userId, byOperator());
  if (outcome === 'last') throw new Error(LAST);
  if (outcome === 'unready')
    throw new Error(`${email} is blocked, or has not confirmed their address yet. Resolve that first`);
  say(SAID[outcome](email));
  return 0;
}

/** `people block EMAIL --reason TEXT | unblock EMAIL | reset-factors EMAIL --reason TEXT`, at the command line, with the same results. */
export async function runPeople(args: string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' } },
  });
  const [verb, email = ''] = positionals;
  if (verb !== 'block' && verb !== 'unblock' && verb !== 'reset-factors')
    throw new Error(
      'people: use block EMAIL --reason TEXT, unblock EMAIL or reset-factors EMAIL --reason TEXT',
    );
  const reason = values.reason.trim();
  if (verb !== 'unblock' && (reason === '' || reason.length > 500))
    throw new Error(`Give a reason of no more than 500 characters: people ${verb} EMAIL --reason TEXT`);
  const userId = await whose(email);
  if (verb === 'reset-factors') {
    say(SAID[(await resetFactors(userId, reason, Date.now())) ? 'reset' : 'unchanged'](email));
    return 0;
  }
  if (verb === 'unblock') {
    say(SAID[(await unblockPerson(userId, byOperator())) ? 'unblocked' : 'unchanged'](email));
    return 0;
  }
  const outcome = await blockPerson(userId, reason, byOperator());
  if (outcome === 'last') throw new Error(LAST);
  say(SAID[outcome](email));
  return 0;
}

const SAID = {
  made: (email: string) => `${email} is now a site administrator. We e-mail them`,
  ended: (email: string) => `${email} is no longer a site administrator. We e-mail them`,
  blocked: (email: string) => `${email} is blocked and signed out. Their certificates and results stay`,
  reset: (email: string) => `${email} is signed out and can sign in with the password alone. We e-mail them`,
  unblocked: (email: string) => `${email} can sign in again`,
  unchanged: (email: string) => `${email}: nothing to change`,
};

async function list(say: Say): Promise<number> {
  for (const { email, name, disabledAt } of await administrators())
    say(`${email}  ${name}${disabledAt === null ? '' : '  (blocked)'}`);
  return 0;
}

async function whose(email: string): Promise<string> {
  const id = await idOfAddress(email);
  if (id === null) throw new Error(`No account has the address "${email}"`);
  return id;
}
