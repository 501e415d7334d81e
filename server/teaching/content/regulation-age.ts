import { daysAfter, daysLeft } from '../../platform/lib/days.js';
import type { Regulation } from './schema/types.js';

/** Law changes: what nobody has read again for a year is not to be relied on. */
const DAYS = 365;

/** Whether the source of a rule was read more than a year before `now` (epoch ms). */
export const isReadLongAgo = ({ readOn }: Pick<Regulation, 'readOn'>, now: number): boolean =>
  daysLeft(daysAfter(readOn, DAYS), now) < 0;
