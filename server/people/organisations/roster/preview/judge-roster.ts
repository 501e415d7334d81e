import { foldedName } from '../../../../platform/lib/text/folding.js';
import { readRow, type ReadingOptions, type RosterPerson } from '../reading/roster-rows.js';
import type { TableRow } from '../reading/roster-table.js';
import {
  compare,
  leaveOf,
  NEW_PERSON,
  type PersonAnswers,
  type RosterFault,
  type Known,
  type RowVerdict,
} from './compare.js';
import { KnownMembers, type KnownMember, type KnownUnit } from './known-people.js';
import { LookAlikes, type LookAlike } from './look-alikes.js';
import { UnitNames } from './unit-names.js';

/** Everything that a preview depends on besides the file and what is known of the organisation. */
export interface PreviewOptions extends ReadingOptions {
  /** Whoever is not in the file has left. */
  readonly isWhole: boolean;
  readonly makesUnits: boolean;
  readonly answers: PersonAnswers;
}

/** A row with its verdict. `name` and `staffNumber`: as they stand in the file, also where they are faulty. */
export interface JudgedRow {
  readonly row: TableRow;
  readonly verdict: RowVerdict;
  readonly staffNumber: string;
  readonly name: string;
  /** Who may be meant, where that is the question. */
  readonly like: LookAlike | null;
}

interface Organisation {
  readonly members: Iterable<KnownMember>;
  readonly units: readonly KnownUnit[];
}

/**
 * A verdict for each row of a file, which is gone through twice and never held whole. A row that says the same as an earlier
 * one is unchanged; where two rows of one staff number differ, both are at fault, since nobody knows which is right. With
 * `isWhole`, whoever is missing leaves: their verdicts come after those of the rows, with row 0. Nobody leaves because their
 * own row is at fault.
 */
export function* judgeRoster(
  rows: Iterable<TableRow>,
  { members, units }: Organisation,
  options: PreviewOptions,
): Generator<JudgedRow> {
  const known = {
    members: new KnownMembers(members),
    units: new UnitNames(units, options.makesUnits),
    answers: options.answers,
    today: options.today,
  };
  const repeats = repeatsIn(rows, options);
  const likes = strangersIn(known.members, repeats);
  const faulty: Faulty = { numbers: new Set(), names: new Set() };
  for (const row of rows) {
    const judged = judge(row, { known, repeats, likes, options });
    if (judged.verdict.kind === 'fault') noteFaulty(judged, faulty);
    yield judged;
  }
  if (options.isWhole) yield* leavesOf(known, repeats, faulty);
}

/** The rows of each staff number, as what they say; of rows that are alike, the first. */
type Repeats = ReadonlyMap<string, readonly { readonly line: number; readonly said: string }[]>;

function repeatsIn(rows: Iterable<TableRow>, options: PreviewOptions): Repeats {
  const found = new Map<string, { line: number; said: string }[]>();
  for (const row of rows) {
    const read = readRow(row, options);
    if (!read.ok) continue;
    const { staffNumber } = read.person;
    const said = { line: row.line, said: JSON.stringify(Object.values(read.person)) };
    const same = found.get(staffNumber);
    // An empty list that something is added to is given room for seventeen, which nearly nobody needs.
    if (!same) found.set(staffNumber, [said]);
    else if (!same.some(each => each.said === said.said)) same.push(said);
  }
  return found;
}

/** Those whose staff number the file does not name: a row with a new number may be one of them. */
function strangersIn(members: KnownMembers, repeats: Repeats): LookAlikes {
  const likes = new LookAlikes();
  for (const member of members.all()) {
    if (member.mergedInto !== null) continue;
    if (member.staffNumber !== null && repeats.has(member.staffNumber)) continue;
    const { id, name, staffNumber } = member;
    likes.add(member, { id, name, staffNumber, line: null });
  }
  return likes;
}

interface Judging {
  readonly known: Known;
  readonly repeats: Repeats;
  readonly likes: LookAlikes;
  readonly options: PreviewOptions;
}

function judge(row: TableRow, { known, repeats, likes, options }: Judging): JudgedRow {
  const read = readRow(row, options);
  const of = (field: 'staffNumber' | 'name') => row.cells[options.columns[field] ?? -1] ?? '';
  const named = {
    row,
    staffNumber: of('staffNumber'),
    name: of('name') || nameParts(row, options),
    like: null,
  };
  if (!read.ok) return { ...named, verdict: { kind: 'fault', faults: read.faults } };
  const { person } = read;
  const same = repeats.get(person.staffNumber) ?? [];
  if (same.length > 1) return { ...named, verdict: atFault({ code: 'repeated', found: linesOf(same) }) };
  if (same[0]?.line !== row.line) return { ...named, verdict: { kind: 'unchanged', memberId: null } };
  const like = likeOf(person, row.line, { known, likes });
  if (like) {
    const near = [[like.name, like.staffNumber].filter(Boolean).join(', ')];
    return { ...named, like, verdict: atFault({ code: 'look-alike', found: person.staffNumber, near }) };
  }
  return { ...named, verdict: compare(person, known), like: reusedBy(person, known) };
}

const atFault = (fault: RosterFault): RowVerdict => ({ kind: 'fault', faults: [fault] });
const linesOf = (rows: readonly { line: number }[]): string => rows.map(({ line }) => line).join(', ');

const nameParts = ({ cells }: TableRow, { columns }: ReadingOptions): string =>
  [columns.givenName, columns.familyName]
    .map(at => cells[at ?? -1] ?? '')
    .join(' ')
    .trim();

/** Who else somebody with a new number may be, unless that was answered. Then this row may be who a later one is. */
function likeOf(
  person: RosterPerson,
  line: number,
  { known, likes }: Pick<Judging, 'known' | 'likes'>,
): LookAlike | null {
  const { staffNumber, name, employment } = person;
  if (known.members.withNumber(staffNumber) || employment === 'left') return null;
  const like = known.answers[staffNumber] === undefined ? likes.of(person) : null;
  if (!like) likes.add(person, { id: null, name, staffNumber, line });
  return like;
}

/** The holder of a number that seems to have been reused. */
function reusedBy({ staffNumber }: RosterPerson, { members }: Known): LookAlike | null {
  const holder = members.withNumber(staffNumber);
  return holder && { id: holder.id, name: holder.name, staffNumber, line: null };
}

/** Whom the rows at fault may mean: their staff numbers, and their names, folded. */
type Faulty = Readonly<Record<'numbers' | 'names', Set<string>>>;

function noteFaulty({ staffNumber, name }: JudgedRow, { numbers, names }: Faulty): void {
  numbers.add(staffNumber);
  names.add(foldedName(name));
}

/** Those with a staff number who are missing in the file, and whom no faulty row may have meant. */
function* leavesOf(
  { members, today, answers }: Known,
  repeats: Repeats,
  { numbers, names }: Faulty,
): Generator<JudgedRow> {
  const answered = new Set(Object.values(answers).filter(answer => answer !== NEW_PERSON));
  const meant = new Set<string>();
  for (const { staffNumber, mergedInto } of members.all())
    if (mergedInto !== null && staffNumber !== null && repeats.has(staffNumber)) meant.add(mergedInto);
  const isMissing = ({ id, staffNumber, employment, name }: KnownMember) =>
    staffNumber !== null &&
    employment !== 'left' &&
    !repeats.has(staffNumber) &&
    !numbers.has(staffNumber) &&
    !names.has(foldedName(name)) &&
    !answered.has(id) &&
    !meant.has(id);
  for (const member of members.all())
    if (isMissing(member))
      yield {
        row: { line: 0, cells: [] },
        verdict: leaveOf(member, today),
        ...{ staffNumber: member.staffNumber ?? '', name: member.name, like: null },
      };
}
