import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { idOfAddress } from '../../accounts/people.js';
import { translator } from '../../../platform/i18n/i18n.js';
import { can } from '../../../policy.js';
import { loadActor } from '../actors.js';
import { organisationCalled, type OrganisationFacts } from '../memberships.js';
import { confirmRoster, type ConfirmedRoster } from './confirm-roster.js';
import { keepRoster, removeRoster } from './keep-roster.js';
import { previewRoster } from './preview-roster.js';
import { ROW_VERDICTS } from './preview/summary.js';
import { faultsOfColumns, rememberedColumns } from './reading/columns.js';
import type { DayOrder } from './reading/roster-days.js';
import { MAX_ROWS } from './reading/roster-table.js';
import { openRosterThread, type RosterThread } from './roster-thread.js';
import { lastColumns, rosterById, type RosterChoice, type RosterFacts } from './rosters.js';

type Say = (line: string) => void;

const USE = `roster: use preview ORGANISATION FILE --as EMAIL or import ORGANISATION FILE --as EMAIL
[--whole] [--make-units] [--days day-first|month-first]`;

const t = translator('en');

/** A list to be previewed: by whom, when, and with which choices besides the columns. */
interface Asked {
  readonly organisation: OrganisationFacts;
  readonly file: string;
  readonly by: { readonly actorId: string; readonly now: number };
  readonly choices: Pick<RosterChoice, 'dayOrder' | 'isWhole' | 'makesUnits'>;
  readonly thread: RosterThread;
}

/**
 * `roster preview | import ORGANISATION FILE --as EMAIL …`, at the command line. The columns are those of the last list with the
 * same header, else a guess. A preview changes nobody and keeps no row. A running server carries an import out. Returns the exit
 * code; throws an error with a sentence when nothing was changed.
 */
export async function runRoster(args: string[], say: Say): Promise<number> {
  const [verb, ...rest] = args;
  if (verb !== 'preview' && verb !== 'import') throw new Error(USE);
  const asked = await readAsked(rest);
  const roster = await previewed(asked);
  tell(roster, say);
  if (verb === 'import') await begin(roster, asked, say);
  else await removeRoster(roster.id, asked.by);
  return 0;
}

async function readAsked(args: string[]): Promise<Asked> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [named = '', file = ''] = positionals;
  if (file === '' || positionals.length > 2) throw new Error(USE);
  const organisation = await organisationCalled(named);
  const actorId = await administratorWith(values.as, organisation);
  const dayOrder = DAY_ORDERS[values.days];
  if (dayOrder === undefined) throw new Error(USE);
  const choices = { dayOrder, isWhole: values.whole, makesUnits: values['make-units'] };
  return { organisation, file, by: { actorId, now: Date.now() }, choices, thread: openRosterThread() };
}

const DAY_ORDERS: Readonly<Record<string, DayOrder | null>> = {
  '': null,
  'day-first': 'day-first',
  'month-first': 'month-first',
};

const OPTIONS = {
  as: { type: 'string', default: '' },
  days: { type: 'string', default: '' },
  whole: { type: 'boolean', default: false },
  'make-units': { type: 'boolean', default: false },
} as const;

/** Who is recorded as having uploaded the list: somebody who may. */
async function administratorWith(
  email: string,
  { id: organisationId, name }: OrganisationFacts,
): Promise<string> {
  const userId = await idOfAddress(email);
  const actor = userId && (await loadActor(userId, Date.now()));
  if (!actor || !can(actor, 'organisation.administer', { organisationId }))
    throw new Error(`Give the e-mail address of an administrator of ${name} with --as`);
  return actor.id;
}

async function previewed({ organisation, file, by, choices, thread }: Asked): Promise<RosterFacts> {
  const uploaded = { name: basename(file), bytes: await readFile(file) };
  const kept = await keepRoster(organisation.id, uploaded, thread, by);
  if (kept.kind === 'refused')
    throw new Error(t(`roster.refused.${kept.refusal}`, { line: kept.line ?? 0, rows: MAX_ROWS }));
  const roster = await rosterById(kept.id);
  const columns = rememberedColumns(roster.header, await lastColumns(organisation.id));
  if (Object.keys(faultsOfColumns(columns, roster.header.length)).length > 0) {
    await removeRoster(roster.id, by);
    throw new Error(NO_COLUMNS);
  }
  await previewRoster(roster, { columns, ...choices, answers: {} }, { organisation, thread, now: by.now });
  return rosterById(roster.id);
}

const NO_COLUMNS =
  'We do not know which columns contain the staff number and the name. Upload a list like this once under Import people, and choose its columns there';

/** How many rows of each verdict, and what is wrong with which. */
function tell({ preview, header, chosen }: RosterFacts, say: Say): void {
  if (!preview || !chosen) return;
  for (const [field, at] of Object.entries(chosen.columns)) say(`${field}: column "${header[at] ?? ''}"`);
  say(ROW_VERDICTS.map(kind => `${kind} ${preview.counts[kind]}`).join(', '));
  for (const { code, count, examples } of preview.faults)
    say(
      `${count} × ${t(`roster.fault.${code}`, { count })} (rows ${examples.map(({ line }) => line).join(', ')})`,
    );
}

const OUTCOMES: Readonly<Record<Exclude<ConfirmedRoster, 'confirmed'>, string>> = {
  nothing: 'The list contains nothing new, so nothing was changed',
  busy: 'Another import is in progress. Try again when it is finished',
  changed: 'People or units have just changed. Try again',
  gone: 'The list no longer exists. Try again',
};

async function begin(roster: RosterFacts, { organisation, by, thread }: Asked, say: Say): Promise<void> {
  const outcome = await confirmRoster(roster, roster.inputsHash ?? '', { organisation, thread, ...by });
  if (outcome === 'confirmed')
    return say(
      `The running server imports it. /organisations/${organisation.id}/roster/${roster.id} shows its progress`,
    );
  await removeRoster(roster.id, by);
  throw new Error(OUTCOMES[outcome]);
}
