import { percent } from './gates/measure.js';
import type { CheckedBank, CheckInput, Findings } from './findings.js';
import { banks, mergeFindings } from './findings.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import { keySpread, longestKeyShare, nearDuplicates } from './statistics.js';
import type { Fault, Module } from '../../teaching/content/schema/types.js';
import type { Item } from '../../teaching/questions/item.js';

/** One line of the bank table. Shares are between 0 and 1. */
export type BankRow = {
  bank: string;
  items: number;
  essentials: number;
  critical: number;
  noConcern: number;
  keys: number[];
  chiSquare: number;
  longestKey: number;
  objectives: { id: string; essentials: number; all: number }[];
};

const limits = {
  longestKey: 0.4,
  duplicates: 0.6,
  perObjective: 4,
  perEssential: 3,
  critical: 8,
  criticalEssentials: 5,
};

/** Each bank by the item rules. */
export function checkBanks(input: CheckInput): Findings & { rows: BankRow[] } {
  const all = banks(input.content);
  return {
    ...mergeFindings([
      ...all.map(bank => bankFindings(bank, input)),
      ...input.content.modules.map(module => objectiveFindings(module, input)),
      duplicateFindings(all, input),
    ]),
    rows: all.map(bank =>
      toRow(
        bank,
        input.content.modules.find(({ slug }) => slug === bank.name),
      ),
    ),
  };
}

function toRow({ name, items }: CheckedBank, module: Module | undefined): BankRow {
  const { counts, chiSquare } = keySpread(items);
  return {
    bank: name,
    items: items.length,
    essentials: items.filter(({ depth }) => depth === 'essentials').length,
    critical: items.filter(({ critical }) => critical !== false).length,
    noConcern: noConcernShare(items),
    keys: counts,
    chiSquare,
    longestKey: longestKeyShare(items),
    objectives: (module?.objectives ?? []).map(({ id }) => ({ id, ...perObjective(items, id) })),
  };
}

function perObjective(items: Item[], id: string): { essentials: number; all: number } {
  const own = items.filter(({ objective }) => objective === id);
  return { essentials: own.filter(({ depth }) => depth === 'essentials').length, all: own.length };
}

/** The share of case items whose right judgement is that there is no concern. */
function noConcernShare(items: Item[]): number {
  const cases = items.filter(({ judgement }) => judgement !== undefined);
  return cases.length === 0
    ? 0
    : cases.filter(({ judgement }) => judgement === 'no-concern').length / cases.length;
}

function bankFindings({ file, items }: CheckedBank, { lineOf }: CheckInput): Findings {
  const line = lineOf(file, ['items']);
  const warnings: Fault[] = [];
  const warn = (problem: string, fix: string): void => void warnings.push({ file, line, problem, fix });
  const { counts, chiSquare, limit } = keySpread(items);
  if (chiSquare > limit)
    warn(
      `Keys stand unevenly, ${counts.join('/')} over the positions (χ² ${chiSquare.toFixed(1)} > ${limit}).`,
      'Move some right answers.',
    );
  const longest = longestKeyShare(items);
  if (longest > limits.longestKey)
    warn(
      `In ${percent(longest)} of items the right answer is the longest.`,
      'Shorten right answers or lengthen wrong ones.',
    );
  const noConcern = noConcernShare(items);
  if (noConcern < 0.2 || noConcern > 0.5)
    warn(`${percent(noConcern)} of the case items are innocent.`, 'Make it about a third.');
  const critical = items.filter(item => item.critical !== false);
  if (critical.length < limits.critical)
    warn(`${critical.length} safety-critical items.`, `Write at least ${limits.critical}.`);
  if (critical.filter(({ depth }) => depth === 'essentials').length < limits.criticalEssentials)
    warn('Few safety-critical items at essentials depth.', `Write at least ${limits.criticalEssentials}.`);
  const { faults, warnings: ofItems } = itemFindings({ file, items }, lineOf);
  return { faults, warnings: [...warnings, ...ofItems.map(found => ({ file, line, ...found }))] };
}

/** What each type finds in its items. A warning that several share is told once, with their ids. */
function itemFindings({ file, items }: Pick<CheckedBank, 'file' | 'items'>, lineOf: CheckInput['lineOf']) {
  const found = items.map(item => ({ id: item.id, ...questionTypes.of(item).findings(item) }));
  const ids = new Map<string, { fix: string; ids: string[] }>();
  for (const { id, warnings } of found)
    for (const { problem, fix } of warnings)
      ids.set(problem, { fix, ids: [...(ids.get(problem)?.ids ?? []), id] });
  return {
    faults: found.flatMap(({ faults }, i) =>
      faults.map(({ path, problem, fix }) => ({
        file,
        line: lineOf(file, ['items', i, ...path]),
        problem,
        fix,
      })),
    ),
    warnings: [...ids].map(([problem, { fix, ids }]) => ({ problem: `${problem}: ${ids.join(', ')}.`, fix })),
  };
}

/** At least four items for each objective, and three at essentials depth where the essentials lesson teaches it. */
function objectiveFindings(module: Module, { lineOf }: CheckInput): Findings {
  const taught = new Set(module.lessons.find(({ name }) => name === '00-essentials')?.objectives);
  const file = `${module.slug}/module.yaml`;
  const faults = module.objectives.flatMap(({ id }, o) => {
    const { all, essentials } = perObjective(module.items, id);
    const line = lineOf(file, ['objectives', o]);
    return [
      ...(all >= limits.perObjective
        ? []
        : [
            { file, line, problem: `${id} has ${all} items.`, fix: `Write at least ${limits.perObjective}.` },
          ]),
      ...(!taught.has(id) || essentials >= limits.perEssential
        ? []
        : [
            {
              file,
              line,
              problem: `${id} has ${essentials} items at essentials depth.`,
              fix: `Write at least ${limits.perEssential}, or do not teach it in 00-essentials.`,
            },
          ]),
    ];
  });
  return { faults, warnings: [] };
}

function duplicateFindings(all: CheckedBank[], { lineOf }: CheckInput): Findings {
  const entries = all.flatMap(({ file, items }) => items.map((item, i) => ({ file, item, i })));
  const alike = nearDuplicates(entries, ({ item }) => asked(item), limits.duplicates);
  const warnings = alike
    .filter(([a, b]) => a.item.pair === undefined || a.item.pair !== b.item.pair)
    .map(([a, b]) => ({
      file: b.file,
      line: lineOf(b.file, ['items', b.i, 'stem']),
      problem: `The stems of ${a.item.id} and ${b.item.id} are nearly the same.`,
      fix: 'Keep both only if they are twins that differ in one behaviour, and give them one pair.',
    }));
  return { faults: [], warnings };
}

/** Where a story comes first, many items may end with the same question. */
const asked = ({ stem, story = '' }: Item & { story?: string }): string => `${story} ${stem}`;
