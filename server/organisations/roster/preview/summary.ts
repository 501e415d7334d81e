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

/** Sums up a preview. */
export function summaryOf(judged: readonly JudgedRow[]): Summary {
  const of = (kind: VerdictKind) => judged.filter(({ verdict }) => verdict.kind === kind);
  const byKind = <T>(value: (rows: JudgedRow[]) => T) =>
    Object.fromEntries(ROW_VERDICTS.map(kind => [kind, value(of(kind))])) as Record<VerdictKind, T>;
  const units = [...new Set(judged.flatMap(missingUnit))].sort();
  return {
    counts: byKind(rows => rows.length),
    returns: judged.filter(row => changedIn(row).includes('returns')).length,
    faults: groupsOf(judged),
    questions: judged.flatMap(questionOf).slice(0, MOST_QUESTIONS),
    examples: byKind(rows =>
      rows.slice(0, MOST_EXAMPLES).map(row => ({ ...exampleOf(row), changed: changedIn(row) })),
    ),
    newUnits: { count: units.length, paths: units.slice(0, MOST_UNITS) },
  };
}

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

function groupsOf(judged: readonly JudgedRow[]): FaultGroup[] {
  const groups = new Map<
    RosterFault['code'],
    { count: number; examples: FaultGroup['examples'][number][] }
  >();
  for (const row of judged) {
    for (const { code, found, near } of faultsOf(row)) {
      const group = groups.get(code) ?? { count: 0, examples: [] };
      group.count += 1;
      if (group.examples.length < MOST_EXAMPLES)
        group.examples.push({ ...exampleOf(row), found, ...(near && { near }) });
      groups.set(code, group);
    }
  }
  return [...groups].map(([code, group]) => ({ code, ...group })).sort((a, b) => b.count - a.count);
}

function questionOf(judged: JudgedRow): PersonQuestion[] {
  const { like } = judged;
  const [code] = faultsOf(judged).map(fault => fault.code);
  if (!like || (code !== 'look-alike' && code !== 'reused')) return [];
  return [{ ...exampleOf(judged), code, like }];
}
