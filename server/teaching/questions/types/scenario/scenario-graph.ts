import type { ItemFault } from '../../item-faults.js';
import { endingFaults } from './ending-faults.js';
import { reachableFrom } from './reachable.js';
import { isUnheard } from './unheard.js';
import { unheardFaults } from './unheard-faults.js';
import type { Scenario } from './scenario-shape.js';

/**
 * A scenario must always reach an ending: no missing node, no unreachable node, no loop.
 * A node without an ending below it is a loop, since every node has choices that lead somewhere.
 */
export function graphFaults(scenario: Scenario): ItemFault[] {
  const faults = [...repeated(scenario), ...unknownTargets(scenario)];
  if (faults.length > 0) return faults;
  const ways = [
    ...loops(scenario),
    ...unreachable(scenario),
    ...choiceFaults(scenario),
    ...unheardFaults(scenario),
  ];
  return ways.length > 0 ? ways : endingFaults(scenario);
}

function repeated(scenario: Scenario): ItemFault[] {
  const seen = new Set<string>();
  const at = (kind: 'nodes' | 'endings', index: number, id: string): ItemFault[] => {
    if (!seen.has(id)) return (seen.add(id), []);
    return [
      {
        path: [kind, index, 'id'],
        problem: `The id "${id}" is used twice.`,
        fix: 'Give each node and ending its own id.',
      },
    ];
  };
  return [
    ...scenario.nodes.flatMap((node, index) => at('nodes', index, node.id)),
    ...scenario.endings.flatMap((ending, index) => at('endings', index, ending.id)),
  ];
}

function unknownTargets(scenario: Scenario): ItemFault[] {
  const known = new Set([...scenario.nodes, ...scenario.endings].map(({ id }) => id));
  const fix = 'Name a node or an ending of this file.';
  const faults: ItemFault[] = scenario.nodes.flatMap((node, n) =>
    node.choices.flatMap((choice, c) =>
      known.has(choice.next)
        ? []
        : [
            {
              path: ['nodes', n, 'choices', c, 'next'],
              problem: `"${choice.next}" does not exist: a dead end.`,
              fix,
            },
          ],
    ),
  );
  if (!scenario.nodes.some(node => node.id === scenario.start))
    faults.push({
      path: ['start'],
      problem: `The start "${scenario.start}" is not a node.`,
      fix: 'Name the first node.',
    });
  return faults;
}

function loops(scenario: Scenario): ItemFault[] {
  const nodes = new Map(scenario.nodes.map((node, index) => [node.id, { node, index }]));
  const done = new Set<string>();
  const faults: ItemFault[] = [];
  const visit = (id: string, trail: readonly string[]): void => {
    const entry = nodes.get(id);
    if (!entry || done.has(id)) return;
    if (trail.includes(id)) {
      faults.push({
        path: ['nodes', entry.index],
        problem: `The path ${[...trail.slice(trail.indexOf(id)), id].join(' → ')} is a loop.`,
        fix: 'Lead one of its choices to a later node or an ending.',
      });
      return;
    }
    for (const choice of entry.node.choices) visit(choice.next, [...trail, id]);
    done.add(id);
  };
  for (const { id } of scenario.nodes) visit(id, []);
  return faults;
}

/** An ending in which the child is not found is reached by no `next`, and has rules of its own. */
function unreachable(scenario: Scenario): ItemFault[] {
  const reached = new Set([
    ...reachableFrom(scenario.nodes, scenario.start),
    ...scenario.endings.filter(isUnheard).map(({ id }) => id),
  ]);
  const lost = (kind: 'nodes' | 'endings'): ItemFault[] =>
    scenario[kind].flatMap(({ id }, index) =>
      reached.has(id)
        ? []
        : [
            {
              path: [kind, index],
              problem: `"${id}" can never be reached.`,
              fix: 'Lead a choice to it, or remove it.',
            },
          ],
    );
  return [...lost('nodes'), ...lost('endings')];
}

function choiceFaults(scenario: Scenario): ItemFault[] {
  return scenario.nodes.flatMap((node, n) => {
    const ids = node.choices.map(choice => choice.id);
    const faults: ItemFault[] = [];
    if (new Set(ids).size < ids.length)
      faults.push({
        path: ['nodes', n, 'choices'],
        problem: 'Two choices have the same id.',
        fix: 'Give each its own letter.',
      });
    if (!node.choices.some(choice => choice.quality === 'best' || choice.quality === 'acceptable'))
      faults.push({
        path: ['nodes', n, 'choices'],
        problem: 'No choice is best or acceptable.',
        fix: 'Offer a good way on.',
      });
    return faults;
  });
}

/** Decisions on the main path: the one that takes the best choice everywhere. The scenario must be free of faults. */
export function mainPath(scenario: Scenario): string[] {
  const nodes = new Map(scenario.nodes.map(node => [node.id, node]));
  const path: string[] = [];
  for (let node = nodes.get(scenario.start); node && !path.includes(node.id);) {
    path.push(node.id);
    const good =
      node.choices.find(choice => choice.quality === 'best') ??
      node.choices.find(choice => choice.quality === 'acceptable');
    node = good && nodes.get(good.next);
  }
  return path;
}
