import { reachableFrom } from './reachable.js';
import type { Scenario } from './scenario-shape.js';

type Choice = Scenario['nodes'][number]['choices'][number];

/** An unsafe choice after which the case may end unheard, and its place in the file. */
interface UnheardWay {
  readonly choice: Extract<Choice, { quality: 'unsafe' }>;
  readonly ending: string;
  readonly path: readonly (string | number)[];
}

/** The choices after which a case may end without the child being found. */
export const unheardWays = ({ nodes }: Scenario): UnheardWay[] =>
  nodes.flatMap(({ choices }, n) =>
    choices.flatMap((choice, c) =>
      choice.quality === 'unsafe' && choice.unheard !== undefined
        ? [{ choice, ending: choice.unheard, path: ['nodes', n, 'choices', c] }]
        : [],
    ),
  );

/** Is it the ending in which the child is not found? */
export const isUnheard = ({ kind }: Pick<Scenario['endings'][number], 'kind'>): boolean => kind === 'unheard';

/** Is there an ending in which the child is not found? In a published case: may a learner meet it? */
export const mayEndUnheard = ({ endings }: Scenario): boolean => endings.some(isUnheard);

/**
 * The case as it is published. Switched on, the choices that say so lead to the ending in which the child is not found;
 * otherwise they lead where `next` says. What nobody can reach is left out, so no trace of the ending is published while it is
 * off.
 */
export function asSwitched({ endsUnheard, ...scenario }: Scenario): Scenario {
  const isOn = endsUnheard === true;
  const nodes = scenario.nodes.map(node => ({
    ...node,
    choices: node.choices.map(choice => switched(choice, isOn)),
  }));
  const met = reachableFrom(nodes, scenario.start);
  return {
    ...scenario,
    nodes: nodes.filter(({ id }) => met.has(id)),
    endings: scenario.endings.filter(({ id }) => met.has(id)),
  };
}

function switched(choice: Choice, isOn: boolean): Choice {
  if (choice.quality !== 'unsafe') return choice;
  const { unheard, ...plain } = choice;
  return isOn && unheard !== undefined ? { ...plain, next: unheard } : plain;
}
