import type { Scenario } from './scenario-shape.js';

/** A decision or an ending, and all that can follow it. */
export function reachableFrom(nodes: Scenario['nodes'], from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(nodes.find(node => node.id === id)?.choices.map(({ next }) => next) ?? []));
  }
  return reached;
}
