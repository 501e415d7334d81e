import { reachableFrom } from './reachable.js';
import type { Scenario } from './scenario-shape.js';

/**
 * Does the case truly branch: is there a decision from which two choices lead to different scenes and on to different
 * endings? A scene that is only skipped or a case that only ends early is no branch. Expects a graph without faults.
 */
export const isBranching = ({ nodes, endings }: Scenario): boolean =>
  nodes.some(({ choices }) =>
    pairsOf(choices.map(({ next }) => ({ scene: next, after: reachableFrom(nodes, next) }))).some(
      ([one, other]) => areApart(one, other) && endDifferently(one, other, endings),
    ),
  );

interface Way {
  readonly scene: string;
  /** The scene, and all that can follow it. */
  readonly after: ReadonlySet<string>;
}

/** Neither scene comes before the other, so nobody meets both; an ending is no scene. */
const areApart = (one: Way, other: Way): boolean =>
  one.after.size > 1 && other.after.size > 1 && !one.after.has(other.scene) && !other.after.has(one.scene);

/** A scene that leads back to the others' endings changes nothing in the end. */
const endDifferently = (one: Way, other: Way, endings: Scenario['endings']): boolean =>
  endings.some(({ id }) => one.after.has(id) !== other.after.has(id));

const pairsOf = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]));
