import type { Scenario } from './scenario-shape.js';

export type CaseNode = Scenario['nodes'][number];
export type CaseChoice = CaseNode['choices'][number];
export type CaseEnding = Scenario['endings'][number];

/** One decision, and what was chosen. */
export interface CaseStep {
  readonly node: CaseNode;
  readonly choice: CaseChoice;
}

/** Where a path leads: the decisions behind, and the one ahead or else the ending. */
export type Walk = { readonly steps: readonly CaseStep[] } & (
  { readonly node: CaseNode; readonly ending: null } | { readonly node: null; readonly ending: CaseEnding }
);

/** Follows the ids of choices from the start. Null when the path cannot be: an unknown choice, or one after the end. */
export function walk(scenario: Scenario, path: readonly string[]): Walk | null {
  const steps: CaseStep[] = [];
  let at = scenario.start;
  for (const id of path) {
    const node = scenario.nodes.find(each => each.id === at);
    const choice = node?.choices.find(each => each.id === id);
    if (!node || !choice) return null;
    steps.push({ node, choice });
    at = choice.next;
  }
  const node = scenario.nodes.find(({ id }) => id === at);
  if (node) return { steps, node, ending: null };
  const ending = scenario.endings.find(({ id }) => id === at);
  return ending ? { steps, node: null, ending } : null;
}

/** What an ending says to whoever came to it by these decisions: its text, then what it adds for what they chose, in that order. */
export function endingTexts({ text, said = [] }: CaseEnding, steps: readonly CaseStep[]): string[] {
  const added = steps.flatMap(({ node, choice }) =>
    said.filter(({ when: [at, chosen] }) => at === node.id && chosen === choice.id),
  );
  return [text, ...added.map(each => each.text)];
}

interface Left {
  readonly least: number;
  readonly most: number;
}

/** A cache: a case stays the same for as long as there is one. */
const known = new WeakMap<Scenario, Map<string, Left>>();

/** How many decisions are left from a node on, by the shortest and the longest way; an ending has none. */
export function decisionsLeft(scenario: Scenario, id: string): Left {
  const byNode = known.get(scenario) ?? new Map<string, Left>();
  known.set(scenario, byNode);
  const left = byNode.get(id) ?? countLeft(scenario, id);
  byNode.set(id, left);
  return left;
}

function countLeft(scenario: Scenario, id: string): Left {
  const node = scenario.nodes.find(each => each.id === id);
  if (!node) return { least: 0, most: 0 };
  // Choices often lead to the same place: it is gone on from once, not once for each way there.
  const ways = [...new Set(node.choices.map(({ next }) => next))].map(next => decisionsLeft(scenario, next));
  return {
    least: 1 + Math.min(...ways.map(({ least }) => least)),
    most: 1 + Math.max(...ways.map(({ most }) => most)),
  };
}

/** The path of somebody who takes the best choice everywhere. */
export function bestPath(scenario: Scenario): string[] {
  const path: string[] = [];
  for (let at = walk(scenario, path); at?.node; at = walk(scenario, path)) path.push(bestChoice(at.node).id);
  return path;
}

/** Content without faults has a best or an acceptable choice in every node. */
export function bestChoice({ id, choices }: CaseNode): CaseChoice {
  const found =
    choices.find(({ quality }) => quality === 'best') ??
    choices.find(({ quality }) => quality === 'acceptable');
  if (!found) throw new RangeError(`The decision ${id} has no good choice`);
  return found;
}

/** The path of somebody who takes an unsafe choice, or else a weak one, wherever there is one. */
export function worstPath(scenario: Scenario): string[] {
  const path: string[] = [];
  for (let at = walk(scenario, path); at?.node; at = walk(scenario, path)) path.push(worstChoice(at.node).id);
  return path;
}

/** The choice of somebody who does not know. */
export const worstChoice = ({ choices }: CaseNode): CaseChoice =>
  ['unsafe', 'weak', 'acceptable', 'best'].flatMap(wanted =>
    choices.filter(({ quality }) => quality === wanted),
  )[0] as CaseChoice;

/** Letters joined by points; no path is longer than a case has nodes (30). */
const PATH = /^[a-h](?:\.[a-h]){0,29}$/;

/** A path as addresses and forms carry it, `a.c`; an empty text is the start. Null for all that is not exactly that. */
export function readPath(text: unknown): string[] | null {
  if (text === '') return [];
  return typeof text === 'string' && PATH.test(text) ? text.split('.') : null;
}

/** The counterpart of `readPath`. */
export const writePath = (path: readonly string[]): string => path.join('.');
