import type { Scenario } from '../../../server/teaching/questions/types/scenario/scenario-shape.js';
import type { CaseItem } from '../../../server/teaching/questions/types/scenario/scenario.js';

type Choice = Scenario['nodes'][number]['choices'][number];
type Quality = Choice['quality'];

/** Every text that would tell how good a choice was carries the word SECRET. */
function choice(id: string, quality: Quality, next: string): Choice {
  const told = {
    id,
    text: `Choice ${id}`,
    result: `Result of ${id}`,
    reason: `SECRET reason of ${id}`,
    next,
  };
  if (quality === 'unsafe') return { ...told, quality, never: 'never-2', better: `SECRET better than ${id}` };
  if (quality === 'weak') return { ...told, quality, better: `SECRET better than ${id}` };
  return { ...told, quality };
}

/** Four decisions with all four qualities each, a best (a), b acceptable, c weak, d unsafe; and an early way out. */
export const sampleCase: Scenario = {
  id: 'EX-S9',
  title: 'The night boat',
  role: 'deck hand',
  judgement: 'concern',
  objective: 'M7-O3',
  opening: 'You work on a boat.',
  start: 'n1',
  nodes: [1, 2, 3, 4].map(n => ({
    id: `n${n}`,
    text: `Text ${n}`,
    question: `Question ${n}?`,
    choices: (['best', 'acceptable', 'weak', 'unsafe'] as const).map((quality, index) =>
      choice(
        'abcd'[index] ?? '',
        quality,
        n === 4 ? 'e1' : n === 2 && quality === 'unsafe' ? 'e2' : `n${n + 1}`,
      ),
    ),
  })),
  endings: [
    { id: 'e1', kind: 'passed-on', text: 'SECRET ending one' },
    { id: 'e2', kind: 'no-concern', text: 'SECRET ending two' },
  ],
};

export const sampleCaseItem: CaseItem = {
  id: sampleCase.id,
  objective: 'M7-O3',
  level: 'evaluate',
  type: 'scenario',
  depth: 'full',
  critical: false,
  judgement: 'concern',
  stem: sampleCase.title,
  facts: [],
  scenario: sampleCase,
};

/** Every whole path of the sample. */
export const wholePaths = (path: readonly string[] = []): (readonly string[])[] => {
  const isWhole = path.length === 4 || (path.length === 2 && path[1] === 'd');
  return isWhole ? [path] : ['a', 'b', 'c', 'd'].flatMap(id => wholePaths([...path, id]));
};

/**
 * A case that truly branches: from the first decision two scenes lead to endings of their own, and silence to misses. Two
 * endings speak of what was chosen.
 */
export const branchingCase: Scenario = {
  ...sampleCase,
  id: 'EX-S8',
  nodes: [
    node('start', [
      choice('a', 'best', 'desk'),
      choice('b', 'acceptable', 'cabin'),
      choice('c', 'unsafe', 'silent'),
    ]),
    node('desk', [choice('a', 'best', 'known'), choice('b', 'weak', 'known'), choice('c', 'unsafe', 'late')]),
    node('cabin', [
      choice('a', 'best', 'fine'),
      choice('b', 'weak', 'fine'),
      choice('c', 'unsafe', 'silent'),
    ]),
  ],
  start: 'start',
  endings: [
    {
      id: 'known',
      kind: 'passed-on',
      text: 'SECRET known',
      said: [
        { when: ['desk', 'b'], text: 'SECRET for b at the desk' },
        { when: ['start', 'a'], text: 'SECRET for a at the start' },
      ],
    },
    { id: 'fine', kind: 'passed-on-fine', text: 'SECRET fine' },
    {
      id: 'silent',
      kind: 'not-told',
      text: 'SECRET silent',
      said: [{ when: ['start', 'c'], text: 'SECRET for c' }],
    },
    { id: 'late', kind: 'told-late', text: 'SECRET late' },
  ],
};

/** What an ending in which the child is not found may say. */
export const UNHEARD_TEXT =
  'The person who did this is responsible. Telling gives a chance; it does not promise.';

/** The branching case, which may end without the child being found after silence at the start. */
export const unheardCase: Scenario = {
  ...branchingCase,
  nodes: branchingCase.nodes.map(each => ({
    ...each,
    choices: each.choices.map(option =>
      each.id === 'start' && option.quality === 'unsafe' ? { ...option, unheard: 'unfound' } : option,
    ),
  })),
  endings: [...branchingCase.endings, { id: 'unfound', kind: 'unheard', text: UNHEARD_TEXT }],
};

function node(id: string, choices: Choice[]): Scenario['nodes'][number] {
  return { id, text: `Text of ${id}`, question: `Question of ${id}?`, choices };
}
