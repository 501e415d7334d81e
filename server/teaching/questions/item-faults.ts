import type { z } from 'zod';

/** A rule that an item breaks: the place in it, what is wrong, and what its author can do. */
export interface ItemFault {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly fix: string;
}

/**
 * A schema with the rules that no single field can see. They are asked only of what has the right shape. A fault is an
 * issue like any other; `fixOf` finds its remedy again.
 */
export function withRules<S extends z.ZodType>(
  schema: S,
  faultsOf: (item: z.output<S>) => readonly ItemFault[],
): S {
  return schema.superRefine((item, context) => {
    for (const { path, problem, fix } of faultsOf(item))
      context.addIssue({ code: 'custom', path: [...path], message: problem, params: { fix } });
  });
}

/** The remedy of a broken rule; null for an issue that is no rule's. */
export function fixOf(issue: z.core.$ZodIssue): string | null {
  const fix: unknown = issue.code === 'custom' ? issue.params?.fix : null;
  return typeof fix === 'string' ? fix : null;
}

interface Keyed {
  readonly id: string;
  readonly options: readonly { readonly id: string }[];
}

/** The key names options that exist, each once, and no option id is used twice. */
export function keyFaults({ id, options }: Keyed, key: readonly string[]): ItemFault[] {
  const ids = options.map(option => option.id);
  const strangers = key.filter(each => !ids.includes(each));
  return [
    ...when(repeats(ids), {
      path: ['options'],
      problem: `${id} has two options with one id.`,
      fix: 'Give each option its own letter.',
    }),
    ...when(repeats(key), {
      path: ['key'],
      problem: `${id} names a key twice.`,
      fix: 'Name each right option once.',
    }),
    ...strangers.map(each => ({
      path: ['key'],
      problem: `The key "${each}" of ${id} is not one of its options.`,
      fix: `Name one of: ${ids.join(', ')}.`,
    })),
  ];
}

/** The fault, where there is one. */
export const when = (isBroken: boolean, fault: ItemFault): ItemFault[] => (isBroken ? [fault] : []);

export const repeats = (ids: readonly string[]): boolean => new Set(ids).size < ids.length;
