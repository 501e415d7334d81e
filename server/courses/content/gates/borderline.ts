import type { GatedItem } from './gated-item.js';
import { isLive } from './gated-item.js';
import type { GateMeasure } from './measure.js';

/** How many decisions nobody has judged for the cut score. People do that, so its lack fails no bank. */
export const borderlines = (items: readonly GatedItem[]): GateMeasure[] => {
  const decisions = items.filter(entry => entry.disposition !== null && isLive(entry));
  return [...new Set(decisions.map(({ bank }) => bank))].map(bank => {
    const own = decisions.filter(entry => entry.bank === bank);
    const missing = own.filter(({ item }) => item.borderline === undefined).length;
    return {
      gate: 'borderline',
      of: bank.name,
      n: own.length,
      figure: `${missing} missing`,
      limit: 'none',
      verdict: missing === 0 ? 'kept' : 'look',
      fix: 'Ask six people of the role how 100 just competent colleagues would decide.',
      file: bank.file,
    };
  });
};
