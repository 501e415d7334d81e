import { parseArgs } from 'node:util';
import { organisationCalled, organisations } from './memberships.js';
import { makeOrganisation } from './settings/keep-organisations.js';
import { reopenOrganisation, suspendOrganisation } from './settings/suspension.js';
import { readProfile } from './settings/profile-form.js';

type Say = (line: string) => void;

const USE =
  'organisations: use list, add NAME --country CC --time-zone ZONE, suspend ID-OR-NAME or reopen ID-OR-NAME';

/**
 * `organisations list | add NAME … | suspend ORGANISATION | reopen ORGANISATION`, at the command line. Returns the exit code; throws an error with a sentence when
 * nothing was changed.
 */
export async function runOrganisations(args: string[], say: Say): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'list') return list(say);
  if (verb === 'add') return add(rest, say);
  if (verb === 'suspend') return suspend(rest.join(' '), say);
  if (verb === 'reopen') return reopen(rest.join(' '), say);
  throw new Error(USE);
}

/** The ids and names that other commands take. */
async function list(say: Say): Promise<number> {
  for (const { id, name, kind } of await organisations())
    say(`${id}  ${name}${kind === 'open' ? '  (everyone who signs up on their own)' : ''}`);
  return 0;
}

async function add(args: string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: ADD_OPTIONS });
  const { 'time-zone': timeZone, ...given } = values;
  const typed = { ...given, name: positionals.join(' '), timeZone, hotlineCountry: '', retentionMonths: '' };
  const form = readProfile(typed, []);
  if (!form.ok) throw new Error(`${Object.values(form.errors).join(' ')}\n${USE}`);
  const id = await makeOrganisation(form.value, byOperator());
  say(`${id}  ${form.value.name}`);
  return 0;
}

async function suspend(named: string, say: Say): Promise<number> {
  const { id, name, kind } = await organisationCalled(named);
  if (kind === 'open')
    throw new Error(`"${name}" cannot be suspended. Everyone who signs up on their own belongs to it`);
  const isNew = await suspendOrganisation(id, byOperator());
  say(isNew ? `${name}: training is paused. Learners see this now` : `${name}: nothing to change`);
  return 0;
}

async function reopen(named: string, say: Say): Promise<number> {
  const { id, name } = await organisationCalled(named);
  const isNew = await reopenOrganisation(id, byOperator());
  say(isNew ? `${name}: training has resumed` : `${name}: nothing to change`);
  return 0;
}

/** Whoever runs the server, without an account. */
const byOperator = () => ({ actorId: null, now: Date.now() });

const text = (value: string) => ({ type: 'string', default: value }) as const;

const ADD_OPTIONS = {
  sector: text('other'),
  country: text(''),
  'time-zone': text(''),
  locale: text('en-GB'),
  contact: text(''),
} as const;
