import { isBranching } from '../../teaching/questions/types/scenario/branching.js';
import type { EndingKind, Scenario } from '../../teaching/questions/types/scenario/scenario-shape.js';
import {
  bestChoice,
  bestPath,
  decisionsLeft,
  walk,
} from '../../teaching/questions/types/scenario/scenario-walk.js';
import type { Content } from '../../teaching/content/schema/types.js';

/** One line of the table of cases. */
export type CaseRow = {
  id: string;
  /** Where it is played: a module's slug, or `final`. */
  place: string;
  scenes: number;
  /** Decisions on the shortest and on the longest way. */
  decisions: { least: number; most: number };
  /** Different scenes that lead to different endings. */
  branches: boolean;
  /** There is no concern, or the best path finds that there is none. */
  needsNoReport: boolean;
  endings: EndingKind[];
  /** How often the best choice stands first, second, and so on. */
  keys: number[];
  /** The share of the decisions, 0 to 1, whose best choice is longer than every other. */
  longestKey: number;
};

/** How many cases should truly branch, and how many need no report, of how many; reported, and nothing stops for it. */
export const wantedCases = { of: 14, branching: 4, needNoReport: 5 };

/** Each module's case, then those of the finals. */
export const caseRows = ({ modules, final }: Content): CaseRow[] => [
  ...modules.map(({ slug, scenario }) => rowOf(scenario, slug)),
  ...(final?.scenarios ?? []).map(scenario => rowOf(scenario, 'final')),
];

function rowOf(scenario: Scenario, place: string): CaseRow {
  const { id, nodes, endings, start } = scenario;
  return {
    id,
    place,
    scenes: nodes.length,
    decisions: decisionsLeft(scenario, start),
    branches: isBranching(scenario),
    needsNoReport: needsNoReport(scenario),
    endings: [...new Set(endings.map(({ kind }) => kind))],
    keys: keyPositions(nodes),
    longestKey: nodes.filter(isLongest).length / nodes.length,
  };
}

/** There is no concern, or the best path finds that there is none. */
export const needsNoReport = (scenario: Scenario): boolean =>
  scenario.judgement === 'no-concern' || walk(scenario, bestPath(scenario))?.ending?.kind === 'no-concern';

type Decision = Scenario['nodes'][number];

function keyPositions(nodes: readonly Decision[]): number[] {
  const places = nodes.map(node => node.choices.indexOf(bestChoice(node)));
  const width = Math.max(...nodes.map(({ choices }) => choices.length));
  return Array.from({ length: width }, (_, place) => places.filter(at => at === place).length);
}

function isLongest(node: Decision): boolean {
  const best = bestChoice(node);
  return node.choices.every(({ id, text }) => id === best.id || text.length < best.text.length);
}
