import type { CheckedBank } from '../findings.js';
import type { GatedItem } from './gated-item.js';
import { judged, percent, shareWhere, type GateMeasure } from './measure.js';

const MOST = 0.4;
const ENOUGH = 20;

type Beats = (length: number, other: number) => boolean;

/** Is the right option too often longer, or too often shorter, than every other? By bank. */
export function optionLengths(items: readonly GatedItem[]): GateMeasure[] {
  const written = items.filter(({ options }) => options.length > 0);
  return [...new Set(written.map(({ bank }) => bank))].flatMap(bank => {
    const own = written.filter(entry => entry.bank === bank);
    return [
      extreme('longest', bank, own, (length, other) => length > other),
      extreme('shortest', bank, own, (length, other) => length < other),
    ];
  });
}

function extreme(word: string, bank: CheckedBank, items: readonly GatedItem[], beats: Beats): GateMeasure {
  const found = shareWhere(items, ({ options }) => {
    const key = options.find(({ isRight }) => isRight)?.text.length ?? 0;
    return options.every(({ isRight, text }) => isRight || beats(key, text.length));
  });
  return {
    gate: 'lengths',
    of: `${bank.name}, ${word}`,
    n: items.length,
    figure: percent(found),
    limit: `at most ${percent(MOST)}`,
    verdict: judged(items.length, ENOUGH, found <= MOST),
    fix: `Make other options the ${word} ones.`,
    file: bank.file,
  };
}
