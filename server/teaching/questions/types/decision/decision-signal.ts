import type { DecisionSignal } from '../../question-type.js';
import { actOf } from './act.js';
import { stepsBetween, type Disposition } from './dispositions.js';
import type { Deciding } from './unsafe-dispositions.js';

/** What a decision says of its situation, from the first part alone. */
export function signalIn(item: Deciding, given: Disposition): DecisionSignal {
  const [act, key] = [actOf(item, given), actOf(item, item.disposition)];
  const situation = passesOn(key) ? 'signal' : key === 'note' ? 'neither' : 'noise';
  const steps = stepsBetween(act, key);
  if (passesOn(act)) return { situation, response: 'yes', steps };
  if (act === 'carry-on' || situation === 'neither') return { situation, response: 'no', steps };
  return { situation, response: 'no', steps, shade: situation === 'signal' ? 'late' : 'watch' };
}

const passesOn = (act: Disposition): boolean => act === 'tell' || act === 'urgent';
