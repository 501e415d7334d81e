import type { Findings, CheckInput } from './findings.js';
import { banks, merge } from './findings.js';
import type { Fault, Item } from '../schema/types.js';

/** What options say of a situation: only of one that the item judges, and never of a right option. */
export const checkJudging = ({ content, lineOf }: CheckInput): Findings =>
  merge(
    banks(content).map(({ file, items }) => ({
      faults: items.flatMap((item, i) =>
        faultsIn(item).map(({ at, ...words }) => ({
          file,
          line: lineOf(file, ['items', i, 'options', at]),
          ...words,
        })),
      ),
      warnings: [],
    })),
  );

function faultsIn(item: Item): (Pick<Fault, 'problem' | 'fix'> & { at: number })[] {
  if (!('options' in item)) return [];
  return item.options.flatMap((option, at) => {
    if (!('judges' in option) || option.judges === undefined) return [];
    const where = `Option ${option.id} of ${item.id}`;
    if (item.key.includes(option.id))
      return {
        at,
        problem: `${where} is right, and judges as the item does.`,
        fix: 'Take "judges" out of it.',
      };
    if (item.judgement === undefined && option.judges !== 'appearance')
      return {
        at,
        problem: `${where} judges a situation, and the item has no judgement.`,
        fix: 'Give the item its judgement, or take "judges" out of the option.',
      };
    return [];
  });
}
