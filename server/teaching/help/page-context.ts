import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import type { PageContext } from './hotlines.js';

/** A page that is read at `now` (epoch ms), with days in the words of its reader. */
export const pageAt = (now: number): PageContext => ({ now, inWords: checkDay });

/** A day on which something was checked, like 2026-11-24, in words. It is the same day everywhere. */
export const checkDay = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));
