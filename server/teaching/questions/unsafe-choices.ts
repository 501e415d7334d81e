import { repeats, when, type ItemFault } from './item-faults.js';
import type { Item } from './item.js';
import type { Choice } from './question-type.js';

/** An item that may list the ids of its unsafe choices. */
export interface Listing {
  readonly unsafe?: readonly string[] | undefined;
}

/** An item with a list of the choices that are unsafe; without one, every miss of a safety-critical item counts as such. */
type Guarded = Listing & Pick<Item, 'id' | 'critical'>;

/** What is counted of a choice: whether the list names it. */
export const unsafeMark = (unsafe: Listing['unsafe'], id: string): Pick<Choice, 'isUnsafe'> =>
  unsafe?.includes(id) ? { isUnsafe: true } : {};

/** The safety rule of the item, where one of these choices breaks it. */
export const brokenBy = ({ critical, unsafe }: Guarded, chosen: readonly string[]): string[] =>
  critical !== false && chosen.some(id => unsafe?.includes(id)) ? [critical] : [];

/** The safety rule that every answer but the right one breaks; false where a list says which do, or nothing does. */
export const guardedRule = ({ critical, unsafe }: Guarded): string | false => (unsafe ? false : critical);

/** The rules that some answer to an item breaks, where that is its own or none. */
export const ownRule = ({ critical }: Pick<Item, 'critical'>): string[] =>
  critical === false ? [] : [critical];

/** The list names choices that exist, each once, none of them right, and the item says which rule they break. */
export function unsafeFaults(
  { id, critical, unsafe = [] }: Guarded,
  choices: readonly Pick<Choice, 'id' | 'isRight'>[],
): ItemFault[] {
  const path = ['unsafe'];
  const wrong = choices.filter(({ isRight }) => !isRight).map(choice => choice.id);
  const strangers = unsafe.filter(each => !wrong.includes(each));
  return [
    ...when(critical === false && unsafe.length > 0, {
      path,
      problem: `${id} has unsafe choices and names no safety rule.`,
      fix: 'Name the rule that they break under "critical".',
    }),
    ...when(repeats(unsafe), {
      path,
      problem: `${id} names an unsafe choice twice.`,
      fix: 'Name each unsafe choice once.',
    }),
    ...strangers.map(each => ({
      path,
      problem: `The unsafe choice "${each}" of ${id} is not one of its wrong choices.`,
      fix: `Name some of: ${wrong.join(', ')}.`,
    })),
  ];
}
