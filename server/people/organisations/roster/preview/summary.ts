import type { Changed, RosterFault } from './compare.js';
import type { LookAlike } from './look-alikes.js';
import type { JudgedRow } from './judge-roster.js';

export const ROW_VERDICTS = ['add', 'move', 'change', 'leave', 'unchanged', 'fault'] as const;
export type VerdictKind = (typeof ROW_VERDICTS)[number];

/** One row, as an example. `line` is 0 for somebody who is not in the file. */
export interface RowExample {
  readonly line: number;
  readonly staffNumber: string;
  readonly name: string;
}

/** Faults that the same repair ends. */
export interface FaultGroup {
  readonly code: RosterFault['code'];
  readonly count: number;
  readonly examples: readonly (RowExample & Pick<RosterFault, 'found' | 'near'>)[];
}

/** A row of which somebody has to say whether it is a known person. */
export interface PersonQuestion extends RowExample {
  readonly code: 'look-alike' | 'reused';
  readonly like: LookAlike;
}

/** What a preview says in all. Lists are cut off; counts are not. */
export interface Summary {
  readonly counts: Readonly<Record<VerdictKind, number>>;
  /** How many of those who change come back. */
  readonly returns: number;
  readonly faults: readonly FaultGroup[];
  readonly questions: readonly PersonQuestion[];
  readonly examples: Readonly<Record<VerdictKind, readonly (RowExample & { changed: readonly Changed[] })[]>>;
  /** Paths of the units that are to be made, and how many there are. */
  readonly newUnits: { readonly count: number; readonly paths: readonly string[] };
}

const [MOST_EXAMPLES, MOST_QUESTIONS, MOST_UNITS] = [10, 50, 50];

/** Sums up a preview, whose rows are gone through once. */
export function summaryOf(judged: Iterable<JudgedRow>): Summary {
  const counts = ofEachVerdict(() => 0);
  const examples = ofEachVerdict((): Summary['examples'][VerdictKind][number][] => []);
  const [groups, questions, units]: [Groups, PersonQuestion[], Set<string>] = [new Map(), [], new Set()];
  let returns = 0;
  for (const row of judged) {
    const { kind } = row.verdict;
    const changed = changedIn(row);
    counts[kind] += 1;
    if (changed.includes('returns')) returns += 1;
    if (examples[kind].length < MOST_EXAMPLES) examples[kind].push({ ...exampleOf(row), changed });
    if (questions.length < MOST_QUESTIONS) questions.push(...questionOf(row));
    for (const fault of faultsOf(row)) group(groups, fault, row);
    for (const path of missingUnit(row)) units.add(path);
  }
  const newUnits = { count: units.size, paths: [...units].sort().slice(0, MOST_UNITS) };
  return { counts, returns, faults: inOrder(groups), questions, examples, newUnits };
}

const ofEachVerdict = <T>(value: () => T) =>
  Object.fromEntries(ROW_VERDICTS.map(kind => [kind, value()])) as Record<VerdictKind, T>;

const exampleOf = ({ row, staffNumber, name }: JudgedRow): RowExample => ({
  line: row.line,
  staffNumber,
  name,
});

const changedIn = ({ verdict }: JudgedRow): readonly Changed[] =>
  'changed' in verdict ? verdict.changed : [];

const missingUnit = ({ verdict }: JudgedRow): string[] =>
  'missing' in verdict && verdict.missing ? [verdict.missing.join(' / ')] : [];

const faultsOf = ({ verdict }: JudgedRow): readonly RosterFault[] =>
  verdict.kind === 'fault' ? verdict.faults : [];

type Groups = Map<RosterFault['code'], { count: number; examples: FaultGroup['examples'][number][] }>;

function group(groups: Groups, { code, found, near }: RosterFault, row: JudgedRow): void {
  const same = groups.get(code) ?? { count: 0, examples: [] };
  same.count += 1;
  if (same.examples.length < MOST_EXAMPLES)
    same.examples.push({ ...exampleOf(row), found, ...(near && { near }) });
  groups.set(code, same);
}

/** The most frequent first. */
const inOrder = (groups: Groups): FaultGroup[] =>
  [...groups].map(([code, same]) => ({ code, ...same })).sort((a, b) => b.count - a.count);

function questionOf(judged: JudgedRow): PersonQuestion[] {
  const { like } = judged;
  const [code] = faultsOf(judged).map(fault => fault.code);
  if (!like || (code !== 'look-alike' && code !== 'reused')) return [];
  return [{ ...exampleOf(judged), code, like }];
}
