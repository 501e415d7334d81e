import type { CheckedBank } from '../../../../server/workshop/content-check/findings.js';
import { gatedItems, type GatedItem } from '../../../../server/workshop/content-check/gates/gated-item.js';
import type { GateMeasure } from '../../../../server/workshop/content-check/gates/measure.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import type { Disposition } from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { pick, seededRandom } from '../../../../server/teaching/quizzes/drawing/seeded-random.js';

const WORDS =
  'bag bench boat bread bridge bus clock coat door field glass hall key lamp map note park ride shop'
    .split(' ')
    .concat(
      'sign sky snow song step stone street tea ticket train tree wall water wind window work yard'.split(
        ' ',
      ),
    );

/** Words without a pattern; the same seed gives the same ones. */
export function chatter(seed: string, words = 12): string {
  const random = seededRandom(seed);
  return Array.from({ length: words }, () => pick(random, WORDS)).join(' ');
}

const KEYS: readonly Disposition[] = [
  'carry-on',
  'tell',
  'carry-on',
  'tell',
  'note',
  'tell',
  'carry-on',
  'urgent',
];

/** A decision without a pattern: stories and facts are chatter, keys and their places go by the number. */
function decision(number: number, changes: Partial<Decision> = {}): Decision {
  const key = 'abc'[number % 3] ?? 'a';
  return {
    id: `M2-${String(number).padStart(3, '0')}`,
    objective: 'M2-O1',
    level: 'apply',
    type: 'decision',
    depth: 'full',
    critical: false,
    story: chatter(`story ${number}`, 40),
    stem: 'What do you do?',
    disposition: KEYS[number % KEYS.length] ?? 'tell',
    options: ['a', 'b', 'c'].map(id => ({
      id,
      text: chatter(`fact ${number} ${id}`, 6 + seededRandom(`length ${number} ${id}`).below(3)),
      feedback: 'It may.',
    })),
    key: [key],
    feedback: { 'carry-on': 'A.', note: 'B.', tell: 'C.', urgent: 'D.' },
    decides: 'That fact.',
    facts: [],
    ...changes,
  };
}

export interface Decision extends Item {
  readonly story: string;
  readonly disposition: Disposition;
  readonly options: readonly { readonly id: string; readonly text: string; readonly feedback: string }[];
  readonly key: readonly string[];
  readonly feedback: Readonly<Record<Disposition, string>>;
  readonly decides: string;
}

/** Many of them; `change` sees each. */
export const decisions = (count: number, change: (item: Decision) => Partial<Decision> = () => ({})) =>
  Array.from({ length: count }, (_, number) => {
    const item = decision(number);
    return { ...item, ...change(item) };
  });

export const bank = (items: readonly Item[], changes: Partial<CheckedBank> = {}): CheckedBank => ({
  name: 'routes',
  file: 'routes/quiz.yaml',
  edition: 2,
  items: [...items],
  blind: { readers: [], readings: [] },
  ...changes,
});

export const gated = (items: readonly Item[]): GatedItem[] => gatedItems([bank(items)]);

/** The verdict of each row that was taken of these. */
export const verdicts = (measures: readonly GateMeasure[]): Record<string, string> =>
  Object.fromEntries(measures.map(({ of, verdict }) => [of, verdict]));
