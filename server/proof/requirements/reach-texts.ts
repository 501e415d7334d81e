import { spoken } from '../../platform/i18n/spoken.js';
import { NOT_REACHED, type MailReach } from './mail-reach.js';

/** How many people no reminder reaches, a sentence for each reason that there is. */
export const notReachedTexts = (by: ReadonlyMap<MailReach, number>): { why: string; text: string }[] =>
  NOT_REACHED.flatMap(why => {
    const count = by.get(why) ?? 0;
    return count === 0 ? [] : [{ why, text: spoken(`mailReach.${why}`, { count }) }];
  });
