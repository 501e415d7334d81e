import { sentences } from '../../../../platform/lib/text/sentences.js';
import { when, type ItemFault } from '../../item-faults.js';
import type { Scenario } from './scenario-shape.js';
import { isUnheard, mayEndUnheard, unheardWays } from './unheard.js';

type Ending = Scenario['endings'][number];

/** Is such an ending written as it must be? Expects ids that are there, each once. */
export const unheardFaults = (scenario: Scenario): ItemFault[] => [
  ...switchFaults(scenario),
  ...wayFaults(scenario),
  ...scenario.endings.flatMap((ending, index) =>
    isUnheard(ending) ? endingFaults(scenario, ending, ['endings', index]) : [],
  ),
];

const switchFaults = (scenario: Scenario): ItemFault[] =>
  when(scenario.endsUnheard === true && !mayEndUnheard(scenario), {
    path: ['endsUnheard'],
    problem: 'The case has no ending of the kind unheard to switch on.',
    fix: 'Remove endsUnheard, or write the ending.',
  });

/** Only `unheard` leads there: with the ending switched off, every way must still have an end. */
function wayFaults(scenario: Scenario): ItemFault[] {
  const unheard = new Set(scenario.endings.filter(isUnheard).map(({ id }) => id));
  const strayed = unheardWays(scenario).flatMap(({ ending, path }) =>
    when(!unheard.has(ending), {
      path: [...path, 'unheard'],
      problem: `"${ending}" is no ending of the kind unheard.`,
      fix: 'Name that ending of this file.',
    }),
  );
  const direct = scenario.nodes.flatMap(({ choices }, n) =>
    choices.flatMap(({ next }, c) =>
      when(unheard.has(next), {
        path: ['nodes', n, 'choices', c, 'next'],
        problem: `next leads to "${next}", in which the child is not found.`,
        fix: 'Lead next to where the case goes otherwise, and name this ending under unheard, of an unsafe choice.',
      }),
    ),
  );
  return [...strayed, ...direct];
}

/** Words that show or hint at harm. */
const HARM =
  /\b(?:harm|hurt|injur|wound|kill|murder|rap(?:e|ist)|abus|assault|violen|beat|bruis|blood|suffer|scream|weep|wept|pain)\w*|\b(?:dead|death|dies?|died|dying|cr(?:y|ies|ied|ying)|body|too late)\b/i;

function endingFaults(scenario: Scenario, ending: Ending, path: readonly (string | number)[]): ItemFault[] {
  const { id, text, said } = ending;
  const harm = HARM.exec(text)?.[0];
  const at = (...place: string[]) => [...path, ...place];
  return [
    ...when(scenario.judgement === 'no-concern', {
      path: at('kind'),
      problem: `In "${id}" a child is not found, but the case has no concern.`,
      fix: 'Remove the ending, or judge the case a concern.',
    }),
    ...when(scenario.endings.find(isUnheard) !== ending, {
      path: at('kind'),
      problem: `"${id}" is a second ending in which the child is not found.`,
      fix: 'Keep one of the two.',
    }),
    ...when(!unheardWays(scenario).some(way => way.ending === id), {
      path: at(),
      problem: `"${id}" can never be reached.`,
      fix: `Write unheard: ${id} beside the next of an unsafe choice, or remove the ending.`,
    }),
    ...when(sentences(text).length !== 2 || said !== undefined, {
      path: at(said === undefined ? 'text' : 'said'),
      problem: `"${id}" must say exactly two sentences, the same to everybody.`,
      fix: 'Say who is responsible, and what telling can do. Nothing else.',
    }),
    ...when(harm !== undefined, {
      path: at('text'),
      problem: `"${id}" hints at harm: "${harm ?? ''}".`,
      fix: 'Show no harm, and hint at none.',
    }),
  ];
}
