import { parseArgs } from 'node:util';
import { dayOf, daysAfter } from '../../../platform/lib/days.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { daysFrom, unitCalled } from '../command-options.js';
import { organisationCalled, type OrganisationFacts } from '../memberships.js';
import { codeIn } from './code-text.js';
import { codeCalled, codesOf, endJoinCode, makeJoinCode } from './join-codes.js';
import { joinState } from './join-state.js';

type Say = (line: string) => void;

const USE = `join-codes: use list ORGANISATION, end CODE, or
make ORGANISATION [--unit UNIT] [--course SLUG] [--from DAY] [--last DAY] [--most PEOPLE]`;

/**
 * `join-codes list ORGANISATION | make ORGANISATION … | end CODE`, at the command line. `courses`: the slugs of those that an
 * organisation's people may take. Returns the exit code; throws an error with a sentence when nothing was changed.
 */
export async function runJoinCodes(
  args: string[],
  courses: (organisationId: string) => Promise<readonly string[]>,
  say: Say,
): Promise<number> {
  const [verb, named = '', ...options] = args;
  if (verb === 'list') await list(await organisationCalled(named), say);
  else if (verb === 'make') await make(await organisationCalled(named), options, courses, say);
  else if (verb === 'end') await end(named, say);
  else throw new Error(USE);
  return 0;
}

async function list({ id, timeZone }: OrganisationFacts, say: Say): Promise<void> {
  const today = dayOf(Date.now(), timeZone);
  for (const code of await codesOf(id)) {
    const most = code.mostPeople === null ? '' : ` of ${code.mostPeople}`;
    const last = code.untilDay === null ? '' : ` until ${daysAfter(code.untilDay, -1)}`;
    const to = [code.unit ?? 'whole organisation', code.courseSlug].filter(Boolean).join(', ');
    say(
      `${displayCode(code.code)}  ${joinState(code, today)}  ${code.joined}${most} joined  from ${code.fromDay}${last}  ${to}`,
    );
  }
}

const text = { type: 'string', default: '' } as const;
const OPTIONS = { unit: text, course: text, from: text, last: text, most: text } as const;

async function make(
  { id: organisationId, timeZone }: OrganisationFacts,
  args: string[],
  courses: (organisationId: string) => Promise<readonly string[]>,
  say: Say,
): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const now = Date.now();
  if (values.course !== '' && !(await courses(organisationId)).includes(values.course))
    throw new Error(`People in this organisation cannot take the course "${values.course}"`);
  const code = await makeJoinCode(
    {
      unitId: values.unit === '' ? null : await unitCalled(values.unit, organisationId),
      courseSlug: values.course || null,
      ...daysFrom(values, dayOf(now, timeZone)),
      mostPeople: mostFrom(values.most),
    },
    { organisationId, actorId: null, now },
  );
  say(displayCode(code));
}

function mostFrom(most: string): number | null {
  if (most === '') return null;
  if (!/^[1-9]\d{0,4}$/.test(most))
    throw new Error('Enter the maximum number of people as a number, such as 24');
  return Number(most);
}

async function end(named: string, say: Say): Promise<void> {
  const code = codeIn(named);
  const found = code && (await codeCalled(code));
  if (!found) throw new Error(`There is no code "${named}". "join-codes list ORGANISATION" shows the codes`);
  const { id, organisationId } = found;
  const hasEnded = await endJoinCode(id, { organisationId, actorId: null, now: Date.now() });
  say(
    `${displayCode(found.code)}: ${hasEnded ? 'has ended. People who joined with it stay' : 'nothing to change'}`,
  );
}
