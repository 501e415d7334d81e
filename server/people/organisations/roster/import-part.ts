import { dayOf } from '../../../platform/lib/days.js';
import type { OrganisationFacts } from '../memberships.js';
import { applyMemberChanges } from '../people/change-members.js';
import { openUnit } from '../units/units.js';
import { knownMembers, knownUnits } from './known-state.js';
import { compare, leaveOf, NEW_PERSON, type RowVerdict } from './preview/compare.js';
import { KnownMembers } from './preview/known-people.js';
import { UnitNames } from './preview/unit-names.js';
import { readRow, type RosterPerson } from './reading/roster-rows.js';
import type { TableRow } from './reading/roster-table.js';
import type { RosterFacts } from './rosters.js';
import type { StoredVerdict } from './stored-verdicts.js';

/** Rows with their verdicts of the preview; those who leave without a row have a verdict alone. */
interface Part {
  readonly rows: readonly TableRow[];
  readonly verdicts: readonly StoredVerdict[];
}

interface Importing {
  readonly roster: RosterFacts;
  readonly organisation: OrganisationFacts;
  readonly actorId: string | null;
  readonly now: number;
}

/** Somebody whom a part concerns: a row to take, or the id of somebody who leaves. `at`: the place of its verdict. */
type Entry = { readonly at: number } & ({ readonly person: RosterPerson } | { readonly leaves: string });

/**
 * Import the rows of a part that its preview took, compared once more with what is known now: a row that cannot be taken any
 * more is at fault, and the others are. Returns what became of each. Joins the transaction.
 */
export async function importPart(part: Part, importing: Importing): Promise<StoredVerdict[]> {
  const entries = entriesOf(part, importing);
  const known = await knownFor(entries, importing);
  const found = new Map(entries.map(entry => [entry.at, verdictOn(entry, known)]));
  await apply(found, importing);
  return part.verdicts.map((before, at) => resultOf(found.get(at), before));
}

/** Open the units that rows of a part name and that are not there, from the top down. */
export async function openMissingUnits(part: Part, importing: Importing): Promise<void> {
  if (!importing.roster.chosen?.makesUnits) return;
  const texts = entriesOf(part, importing).flatMap(entry =>
    'person' in entry ? (entry.person.unit ?? []) : [],
  );
  for (const text of new Set(texts)) await openPath(text, importing);
}

async function openPath(text: string, { organisation, actorId, now }: Importing): Promise<void> {
  const units = await knownUnits(organisation.id);
  const found = new UnitNames(units, true).find(text);
  if (found.kind !== 'missing') return;
  const fromDay = dayOf(now, organisation.timeZone);
  let parentId: string | null = null;
  for (const [depth, name] of found.path.entries()) {
    const known = new UnitNames(units, false).find(found.path.slice(0, depth + 1).join(' / '));
    if (known.kind === 'found') {
      parentId = known.id;
      continue;
    }
    const unit = { name, code: null, parentId, fromDay };
    const opened = await openUnit({ organisation, actorId, now }, unit);
    if (opened.kind === 'refused') return;
    parentId = opened.unitId;
  }
}

function entriesOf({ rows, verdicts }: Part, { roster, organisation, now }: Importing): Entry[] {
  if (!roster.chosen) throw new Error('A roster was confirmed without a preview');
  const today = dayOf(now, organisation.timeZone);
  const options = { ...roster.chosen, width: roster.header.length, today };
  return verdicts.flatMap((verdict, at): Entry[] => {
    if (verdict.kind === 'fault' || verdict.kind === 'unchanged') return [];
    if (verdict.memberId) return [{ at, leaves: verdict.memberId }];
    const row = rows[at];
    const read = row && readRow(row, options);
    return read?.ok ? [{ at, person: read.person }] : [];
  });
}

async function knownFor(entries: readonly Entry[], { roster, organisation, now }: Importing) {
  const answers = roster.chosen?.answers ?? {};
  const today = dayOf(now, organisation.timeZone);
  const numbers = entries.flatMap(entry => ('person' in entry ? entry.person.staffNumber : []));
  const ids = [
    ...entries.flatMap(entry => ('leaves' in entry ? entry.leaves : [])),
    ...numbers.flatMap(number => answers[number] ?? []).filter(answer => answer !== NEW_PERSON),
  ];
  const members = new KnownMembers(await knownMembers(organisation.id, { numbers, ids }, today));
  const units = new UnitNames(await knownUnits(organisation.id), false);
  return { members, units, answers, today };
}

function verdictOn(entry: Entry, known: Awaited<ReturnType<typeof knownFor>>): RowVerdict {
  if ('person' in entry) return compare(entry.person, known);
  const member = known.members.withId(entry.leaves);
  return member && member.employment !== 'left'
    ? leaveOf(member, known.today)
    : { kind: 'unchanged', memberId: entry.leaves };
}

/** Make the changes. Those that are refused become faults, and the others are made. */
async function apply(found: Map<number, RowVerdict>, importing: Importing): Promise<void> {
  const { roster, organisation, actorId, now } = importing;
  for (;;) {
    const wanted = [...found].flatMap(([at, verdict]) =>
      'change' in verdict ? { at, change: verdict.change } : [],
    );
    if (wanted.length === 0) return;
    const changes = wanted.map(({ change }) => change);
    const outcome = await applyMemberChanges(
      { organisation, importId: roster.id, changes },
      { actorId, now },
    );
    if (outcome.kind === 'changed') return;
    for (const { at, reason } of outcome.refusals) {
      const refused = wanted[at];
      if (refused) found.set(refused.at, { kind: 'fault', faults: [{ code: 'late', found: reason }] });
    }
  }
}

function resultOf(verdict: RowVerdict | undefined, before: StoredVerdict): StoredVerdict {
  if (!verdict) return before;
  if (verdict.kind === 'fault') return { kind: 'fault', faults: verdict.faults };
  return { ...before, kind: verdict.kind };
}
