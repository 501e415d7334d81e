import { exhibitOf, exhibitText } from '../../../teaching/exhibits/exhibit-parts.js';
import type { CheckedBank } from '../findings.js';
import type { Edition } from '../../../teaching/content/schema/types.js';
import { optionIds, type Item } from '../../../teaching/questions/item.js';
import type { Choice, DecisionSignal } from '../../../teaching/questions/question-type.js';
import { questionTypes } from '../../../teaching/questions/question-types.js';

/** Which way an item is decided: something to pass on, nothing, or something to watch. */
export type Side = 'concern' | 'watch' | 'ordinary';

/** An item of a bank, as the gates read it. They ask its type, and never which type it is. */
export interface GatedItem {
  readonly bank: CheckedBank;
  readonly item: Item;
  readonly edition: Edition;
  /** What its author wrote to choose from, where one of it is right and the rest is wrong; otherwise empty. */
  readonly options: readonly Choice[];
  /** The right disposition of a decision; null for any other item. */
  readonly disposition: string | null;
  /** Null for an item that puts no situation to be judged. */
  readonly side: Side | null;
  /** All that a learner reads before the options. */
  readonly text: string;
}

/** An item that names its scene is held to the gates, whatever the edition of the bank around it. */
const SCENES_CAME_WITH: Edition = 2;

const SIDES: Readonly<Record<DecisionSignal['situation'], Side>> = {
  noise: 'ordinary',
  neither: 'watch',
  signal: 'concern',
};

export const gatedItems = (banks: readonly CheckedBank[]): GatedItem[] =>
  banks.flatMap(bank => bank.items.map(item => gatedItem(bank, item)));

function gatedItem(bank: CheckedBank, item: Item): GatedItem {
  const type = questionTypes.of(item);
  const choices = type.choices(item);
  const key = type.signal?.(item, type.correctResponse(item));
  const right = choices.find(({ part, isRight }) => part === 'disposition' && isRight);
  const options = choices.filter(({ part, text }) => part === 'option' && text !== '');
  return {
    bank,
    item,
    edition: item.scene === undefined ? bank.edition : SCENES_CAME_WITH,
    options: options.filter(({ isRight }) => isRight).length === 1 ? options : [],
    disposition: right?.id ?? null,
    side: key ? SIDES[key.situation] : judgedSide(item),
    text: textOf(item),
  };
}

/** Items from before there were decisions say what is right about a situation; they know no watching. */
function judgedSide({ judgement }: Item): Side | null {
  if (judgement === undefined) return null;
  return judgement === 'concern' ? 'concern' : 'ordinary';
}

/** The page's words, of whatever parts a type makes it of, and what is shown with it. */
function textOf(item: Item): string {
  const { type: _, options: __, ...read } = questionTypes.of(item).present(item, optionIds(item));
  const exhibit = exhibitOf(item);
  const shown = exhibit ? [exhibitText(exhibit)] : [];
  return [...stringsIn(read), ...shown].join('\n');
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Twins stand and fall together; any other item stands alone. */
export const groupOf = ({ item }: GatedItem): string => item.pair ?? item.id;

export const isLive = ({ item }: GatedItem): boolean => item.status !== 'trial';
