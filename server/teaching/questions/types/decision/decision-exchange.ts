import { translator } from '../../../../platform/i18n/i18n.js';
import type { Exported, Loss } from '../../exchange.js';
import type { DecisionItem } from './decision-schema.js';
import { voiceFor } from './decision-words.js';
import { DISPOSITIONS, type Disposition } from './dispositions.js';
import { unsafeDispositions } from './unsafe-dispositions.js';

/** The language in which banks are written. */
const inEnglish = translator('en');
const LETTERS: Record<Disposition, string> = { 'carry-on': 'a', note: 'b', tell: 'c', urgent: 'd' };
const LOSSES: Loss[] = [
  { code: 'left-out', about: 'which fact decides' },
  { code: 'left-out', about: 'points for an answer that comes close' },
];

/** The first part alone, as a choice of one: other programs have no second part, and no points for what is near. */
export function exchangeDecision(item: DecisionItem): Exported {
  const { story, stem, disposition, feedback, decides: _, unsafe: __, ...shared } = item;
  const unsafe = unsafeDispositions(item).map(each => LETTERS[each]);
  const isLost = item.critical === false && unsafe.length > 0;
  const losses = isLost ? [...LOSSES, { code: 'left-out', about: 'unsafe' } as const] : LOSSES;
  return {
    item: {
      ...shared,
      form: 'one',
      stem: `${story}\n\n${stem}`,
      options: DISPOSITIONS.map(each => ({
        id: LETTERS[each],
        text: inEnglish(`decision.words.${voiceFor(item)}.${each}`),
        feedback: feedback[each],
      })),
      key: [LETTERS[disposition]],
      ...(item.critical !== false && unsafe.length > 0 ? { unsafe } : {}),
    },
    losses: { gift: losses, moodle: losses, qti: losses },
  };
}
