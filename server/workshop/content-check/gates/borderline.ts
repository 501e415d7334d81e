import type { GatedItem } from './gated-item.js';
import { isLive } from './gated-item.js';
import { meanOf, type GateMeasure } from './measure.js';

/**
 * How many decisions nobody has judged for the pass mark, or what their mean is (modified Angoff). People do that, so its lack
 * fails no bank: the pass mark stays provisional.
 */
export const borderlines = (items: readonly GatedItem[]): GateMeasure[] => {
  const decisions = items.filter(entry => entry.disposition !== null && isLive(entry));
  return [...new Set(decisions.map(({ bank }) => bank))].map(bank => {
    const own = decisions.filter(entry => entry.bank === bank);
    const missing = own.filter(({ item }) => item.borderline === undefined).length;
    return {
      gate: 'borderline',
      of: bank.name,
      n: own.length,
      figure:
        missing === 0 ? `mean ${meanBorderline(own)} %` : `${missing} missing, the pass mark is provisional`,
      limit: 'none',
      verdict: missing === 0 ? 'kept' : 'missing',
      fix: 'Ask six people in the role how 100 minimally competent colleagues would decide.',
      file: bank.file,
    };
  });
};

const meanBorderline = (items: readonly GatedItem[]): number =>
  Math.round(meanOf(items.map(({ item }) => item.borderline ?? 0)));
