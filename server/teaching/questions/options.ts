import type { Answer } from './answer.js';
import type { Option, OptionItem } from './item.js';
import type { Choice, Explained, Judging } from './question-type.js';
import { unsafeMark, type Listing } from './unsafe-choices.js';

type Keyed = Pick<OptionItem, 'options' | 'key'>;

/** The options that an answer names under `field`, in the order the item lists them. */
export function chosenOptions(
  options: readonly Option[],
  value: Answer[string] | undefined,
): readonly Option[] {
  const ids = typeof value === 'string' ? [value] : (value ?? []);
  return options.filter(option => ids.includes(option.id));
}

/**
 * The options as a page may show them: id and text only, in `order`.
 * Throws RangeError when `order` does not name each option exactly once.
 */
export function presentOptions(
  options: readonly Option[],
  order: readonly string[],
): { id: string; text: string }[] {
  const shown = order.flatMap(id => options.filter(option => option.id === id));
  if (order.length !== options.length || new Set(shown).size !== options.length) {
    throw new RangeError(`The order "${order.join(' ')}" is not one of these options`);
  }
  return shown.map(({ id, text }) => ({ id, text }));
}

/** Every option with its feedback; `value` is what the answer names under its field. */
export function explainOptions(
  { options, key }: Keyed,
  value: Answer[string] | undefined,
): readonly Explained[] {
  const chosen = chosenOptions(options, value);
  return options.map(option => ({
    label: null,
    text: option.text,
    feedback: option.feedback,
    chosen: chosen.includes(option),
    correct: key.includes(option.id),
    instead: null,
  }));
}

/** The options as they are counted. */
export const optionChoices = ({ options, key, unsafe }: Keyed & Listing): Choice[] =>
  options.map(({ id, text }) => ({
    ...{ id, part: 'option', text, isRight: key.includes(id) },
    ...unsafeMark(unsafe, id),
  }));

/** What all options judge, and those under the answer's field. */
export const optionJudging = (options: readonly Option[], value: Answer[string] | undefined): Judging => ({
  offered: options.map(({ judges }) => judges),
  given: chosenOptions(options, value).map(({ judges }) => judges),
});

/** As many options as the key names, in the order of the item: wrong ones, and right ones only where those are too few. */
export function wrongOptions({ options, key }: Keyed): string[] {
  const ids = options.map(({ id }) => id);
  const wrong = ids.filter(id => !key.includes(id));
  const chosen = [...wrong, ...key].slice(0, key.length);
  return ids.filter(id => chosen.includes(id));
}

/** Letters of things that an answer may name, in one spelling. */
export const lettersOf = (things: readonly { readonly id: string }[]): string =>
  things
    .map(({ id }) => id)
    .sort()
    .join(' ');
