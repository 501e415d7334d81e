import type { DecisionSignal } from '../../question-type.js';
import type { DecisionItem } from './decision-schema.js';
import { noteTells, voiceFor } from './decision-words.js';
import type { Disposition } from './dispositions.js';

/** What a decision says of its situation, from the first part alone. */
export function signalIn(
  item: Pick<DecisionItem, 'disposition' | 'roles'>,
  given: Disposition,
): DecisionSignal {
  const passesOn = (each: Disposition) =>
    each === 'tell' || each === 'urgent' || (each === 'note' && noteTells(voiceFor(item)));
  const key = item.disposition;
  const situation = passesOn(key) ? 'signal' : key === 'note' ? 'neither' : 'noise';
  if (passesOn(given)) return { situation, response: 'yes' };
  if (given === 'carry-on' || situation === 'neither') return { situation, response: 'no' };
  return { situation, response: 'no', shade: situation === 'signal' ? 'late' : 'watch' };
}
