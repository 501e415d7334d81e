import { measureGates, type EditionGates } from './gates/gates.js';
import type { GateMeasure } from './gates/measure.js';
import type { Fault } from '../../teaching/content/schema/types.js';
import { banks, type CheckInput, type Findings } from './findings.js';

/** Holds the banks of the second edition to the gates. Those of the first are in the table only. */
export function checkGates(input: CheckInput): Findings & { gates: EditionGates[] } {
  const gates = measureGates(input.content);
  const held = gates.filter(({ edition }) => edition > 1).flatMap(({ measures }) => measures);
  const findings = (...verdicts: GateMeasure['verdict'][]) =>
    held.filter(({ verdict }) => verdicts.includes(verdict)).map(each => toFault(each, input));
  return { faults: findings('broken'), warnings: findings('look', 'missing'), gates };
}

function toFault(measure: GateMeasure, { content, lineOf }: CheckInput): Fault {
  const { gate, of, figure, limit, file, fix, item } = measure;
  const at = banks(content)
    .find(bank => bank.file === file)
    ?.items.findIndex(({ id }) => id === item);
  return {
    file,
    line: at === undefined || at === -1 ? 1 : lineOf(file, ['items', at]),
    problem: `Gate "${gate}", ${of}: ${figure}; the limit is ${limit}.`,
    fix,
  };
}
