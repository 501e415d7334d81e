import type { ItemFault } from '../../item-faults.js';
import { isRight, rightNeeded } from './case-score.js';
import { reachableFrom } from './reachable.js';
import type { EndingKind, Scenario } from './scenario-shape.js';

type Ending = Scenario['endings'][number];
type Choice = Scenario['nodes'][number]['choices'][number];

/** Nobody who should have known was told, or not in time. */
const isMiss = (kind: EndingKind): boolean => kind === 'not-told' || kind === 'told-late';

/** Does each ending fit its case, and speak only of choices that lead to it? Expects a graph without faults. */
export const endingFaults = (scenario: Scenario): ItemFault[] =>
  scenario.endings.flatMap((ending, index) => [
    ...kindFaults(scenario, ending).map(fault => ({ path: ['endings', index, 'kind'], ...fault })),
    ...saidFaults(scenario, ending, index),
  ]);

type Finding = Pick<ItemFault, 'problem' | 'fix'>;

/** A miss never ends a case that is passed: a pass says that what had to be told was told. */
function kindFaults(scenario: Scenario, { id, kind }: Ending): Finding[] {
  if (!isMiss(kind)) return [];
  if (scenario.judgement === 'no-concern')
    return [
      {
        problem: `The ending "${id}" is ${kind}, but the case has no concern to tell of.`,
        fix: 'Write no-concern, passed-on or passed-on-fine, or judge the case a concern.',
      },
    ];
  if (!isPassable(scenario, id)) return [];
  return [
    {
      problem: `The ending "${id}" is ${kind}, but a path that passes the case leads to it.`,
      fix: 'Make the choice that keeps silent unsafe, or more of the choices before it weak.',
    },
  ];
}

/** Does a path without an unsafe choice and with enough right ones lead to this ending? */
function isPassable(scenario: Scenario, ending: string): boolean {
  const nodes = new Map(scenario.nodes.map(node => [node.id, node]));
  const passes = (id: string, steps: number, right: number): boolean => {
    if (id === ending) return right >= rightNeeded(steps);
    return safeWays(nodes.get(id)?.choices ?? []).some(choice =>
      passes(choice.next, steps + 1, right + Number(isRight(choice))),
    );
  };
  return passes(scenario.start, 0, 0);
}

/** Of the choices that are not unsafe, the best one to each place: no other can pass where it does not. */
function safeWays(choices: readonly Choice[]): Choice[] {
  const safe = choices.filter(({ quality }) => quality !== 'unsafe');
  const better = [...safe].sort((a, b) => Number(isRight(b)) - Number(isRight(a)));
  return [...new Set(safe.map(({ next }) => next))].flatMap(next =>
    better.filter(choice => choice.next === next).slice(0, 1),
  );
}

function saidFaults(scenario: Scenario, { id, said = [] }: Ending, index: number): ItemFault[] {
  const seen = new Set<string>();
  return said.flatMap(({ when }, at) => {
    const name = when.join(' ');
    const problem = seen.has(name)
      ? `The choice ${name} is spoken of twice.`
      : whenProblem(scenario, when, id);
    seen.add(name);
    if (problem === null) return [];
    const fix = 'Name a decision and one of its choices that lead to this ending, once.';
    return [{ path: ['endings', index, 'said', at, 'when'], problem, fix }];
  });
}

function whenProblem({ nodes }: Scenario, [node, choice]: readonly [string, string], ending: string) {
  const chosen = nodes.find(({ id }) => id === node)?.choices.find(({ id }) => id === choice);
  if (!chosen) return `There is no choice ${choice} in a decision "${node}".`;
  return reachableFrom(nodes, chosen.next).has(ending)
    ? null
    : `The choice ${choice} in "${node}" never leads to "${ending}".`;
}
