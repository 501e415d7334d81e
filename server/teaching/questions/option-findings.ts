import { countWords } from '../../platform/lib/text/words.js';
import type { ItemFault } from './item-faults.js';
import type { Judges, Option, OptionItem } from './item.js';

/** A look that an author should take. What several items of a bank share is told once, with their ids. */
export interface ItemWarning {
  /** Without a full stop: the ids follow. */
  readonly problem: string;
  readonly fix: string;
}

/** What a program can see of an item's quality. Faults stop a release, warnings do not. */
export interface ItemFindings {
  readonly faults: readonly ItemFault[];
  readonly warnings: readonly ItemWarning[];
}

/** The largest distance of an option's length from the mean, as a share of it. */
const LENGTH_SPREAD = 0.4;
/** Words. */
const FEEDBACK = { least: 12, most: 45 };

/** The warning, where there is one. */
export const warnIf = (isSo: boolean, warning: ItemWarning): ItemWarning[] => (isSo ? [warning] : []);

/** Options of which one is longer than the others draw the eye. */
export const lengthWarnings = (options: readonly Pick<Option, 'text'>[]): ItemWarning[] =>
  warnIf(lengthSpread(options) > LENGTH_SPREAD, {
    problem: 'Options differ much in length',
    fix: 'Bring them nearer to each other.',
  });

/** `feedback` is what is said of each thing that a learner chooses or writes. */
export const feedbackWarnings = (feedback: readonly string[]): ItemWarning[] =>
  warnIf(
    feedback.some(each => isOutside(countWords(each))),
    { problem: 'Feedback is not 15 to 40 words long', fix: 'Say the reason in 15 to 40 words.' },
  );

/** Whether feedback opens with a mark: the page already shows it above. */
export const repeatsMark = (feedback: string): boolean =>
  /^(?:right|close|unsafe|not (?:right|this time|the best))(?: because\b|[.,:;!])/i.test(feedback);

/** Feedback begins with the reason. */
export const reasonWarnings = ({ options }: Pick<OptionItem, 'options'>): ItemWarning[] =>
  warnIf(
    options.some(({ feedback }) => repeatsMark(feedback)),
    { problem: 'Feedback begins with a mark that the page already shows', fix: 'Begin with the reason.' },
  );

/** What an item whose answer is its options is looked at for. */
export const optionFindings = (item: OptionItem): ItemFindings => ({
  faults: judgingFaults(item),
  warnings: [
    ...lengthWarnings(item.options),
    ...feedbackWarnings(item.options.map(({ feedback }) => feedback)),
    ...reasonWarnings(item),
  ],
});

/** The largest distance of an option's length from the item's mean, as a share of the mean. */
function lengthSpread(options: readonly Pick<Option, 'text'>[]): number {
  const mean = options.reduce((total, { text }) => total + text.length, 0) / options.length;
  return Math.max(...options.map(({ text }) => Math.abs(text.length - mean) / mean));
}

const isOutside = (words: number): boolean => words < FEEDBACK.least || words > FEEDBACK.most;

/** The page of a question shows the ids of its options: standing in the order of the key, they would tell it. */
export function letterFaults({ id, key }: Pick<OptionItem, 'id' | 'key'>): ItemFault[] {
  if (!key.every((letter, at) => at === 0 || letter > (key[at - 1] ?? ''))) return [];
  const problem = `The letters of ${id} stand in the order of the key, and the page shows them.`;
  return [{ path: ['key'], problem, fix: 'Give the options letters in another order.' }];
}

/** What options say of a situation: only of one that the item judges, and never of a right option. */
function judgingFaults(item: OptionItem): ItemFault[] {
  return item.options.flatMap((option, at) =>
    option.judges === undefined ? [] : judgingFault(item, option.judges, option.id, at),
  );
}

function judgingFault(
  { id, key, judgement }: OptionItem,
  judges: Judges,
  letter: string,
  at: number,
): ItemFault[] {
  const [path, where] = [['options', at], `Option ${letter} of ${id}`];
  if (key.includes(letter))
    return [
      { path, problem: `${where} is right, and judges as the item does.`, fix: 'Take "judges" out of it.' },
    ];
  if (judgement !== undefined || judges === 'appearance') return [];
  const fix = 'Give the item its judgement, or take "judges" out of the option.';
  return [{ path, problem: `${where} judges a situation, and the item has no judgement.`, fix }];
}
