import { parseArgs } from 'node:util';
import { organisations } from './memberships.js';
import { makeOrganisation } from './settings/keep-organisations.js';
import { readProfile } from './settings/profile-form.js';

type Say = (line: string) => void;

const USE = 'organisations: use list or add NAME --sector S --country CC --time-zone ZONE';

/**
 * `organisations list | add NAME …`, at the command line. Returns the exit code; throws an error with a sentence when
 * nothing was changed.
 */
export async function runOrganisations(args: string[], say: Say): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'list') return list(say);
  if (verb === 'add') return add(rest, say);
  throw new Error(USE);
}

/** The ids and names that other commands take. */
async function list(say: Say): Promise<number> {
  for (const { id, name, kind } of await organisations())
    say(`${id}  ${name}${kind === 'open' ? '  (everyone who signs up)' : ''}`);
  return 0;
}

async function add(args: string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: ADD_OPTIONS });
  const { 'time-zone': timeZone, ...given } = values;
  const typed = { ...given, name: positionals.join(' '), timeZone, hotlineCountry: '', retentionMonths: '' };
  const form = readProfile(typed, []);
  if (!form.ok) throw new Error(`${Object.values(form.errors).join(' ')}\n${USE}`);
  const id = await makeOrganisation(form.value, { actorId: null, now: Date.now() });
  say(`${id}  ${form.value.name}`);
  return 0;
}

const text = (value: string) => ({ type: 'string', default: value }) as const;

const ADD_OPTIONS = {
  sector: text('other'),
  country: text(''),
  'time-zone': text(''),
  locale: text('en-GB'),
  contact: text(''),
} as const;
