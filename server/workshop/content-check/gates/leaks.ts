import { sentences } from '../../../platform/lib/text/sentences.js';
import type { GatedItem } from './gated-item.js';
import { fileOf, judged, meanOf, percent, type GateMeasure } from './measure.js';
import { liftOf, optionGuesses, OPTION_LIMITS } from './options-only.js';
import { TEXT_MODELS } from './other-models.js';
import { balancedAccuracy, CUTS, hasSide, STORY_LIMITS, type Told } from './story-only.js';
import type { TextModel } from './word-model.js';

/** Of fewer decisions, the figures would say more of chance than of the banks. */
const ENOUGH = 100;

/**
 * What three models make of all decisions together, each figure the mean of so many ways to part what they learn from and what they
 * guess: one way alone may be off by three points. It takes about a minute, so `content check` asks one model once. The rows come one by
 * one, as they are known.
 */
export function* leaks(items: readonly GatedItem[], seeds: number): Generator<GateMeasure> {
  const decisions = items.filter(({ disposition }) => disposition !== null);
  for (const model of TEXT_MODELS) {
    yield liftOver(decisions, model, seeds);
    for (const { name, isYes } of CUTS)
      yield accuracyOver(
        { name: `story, ${name}`, seeds, model },
        decisions.filter(hasSide).map(entry => ({ entry, text: entry.text, isYes: isYes(entry.side) })),
      );
    yield accuracyOver(
      { name: 'first sentence, note / rest', seeds, model },
      decisions.map(entry => ({
        entry,
        text: sentences(storyOf(entry))[0] ?? '',
        isYes: entry.disposition === 'note',
      })),
    );
  }
}

/** The story that a decision tells; empty for any other item. */
export const storyOf = ({ item }: GatedItem): string =>
  'story' in item && typeof item.story === 'string' ? item.story : '';

const seedNames = (count: number): string[] => Array.from({ length: count }, (_, n) => `seed ${n + 1}`);

function liftOver(decisions: readonly GatedItem[], model: TextModel, seeds: number): GateMeasure {
  const lifts = seedNames(seeds).map(seed => liftOf(optionGuesses(decisions, model, seed)).lift);
  const limit = OPTION_LIMITS.all;
  return {
    gate: 'options only',
    of: model.name,
    n: decisions.length,
    figure: `lift ${spread(lifts, lift => lift.toFixed(2))}`,
    limit: `lift ${limit.toFixed(2)}`,
    verdict: judged(decisions.length, ENOUGH, meanOf(lifts) <= limit),
    fix: 'Give wrong options the words of right ones, and right ones those of wrong ones.',
    file: fileOf(decisions),
  };
}

function accuracyOver(
  { name, model, seeds }: { readonly name: string; readonly model: TextModel; readonly seeds: number },
  texts: readonly Told[],
): GateMeasure {
  const found = seedNames(seeds).map(seed => balancedAccuracy(texts, model, seed));
  return {
    gate: name,
    of: model.name,
    n: texts.length,
    figure: spread(found, percent),
    limit: percent(STORY_LIMITS.most),
    verdict: judged(texts.length, ENOUGH, meanOf(found) <= STORY_LIMITS.most),
    fix: 'Tell the same things on both sides, and let one fact decide.',
    file: fileOf(texts.map(({ entry }) => entry)),
  };
}

const spread = (figures: readonly number[], inWords: (figure: number) => string): string =>
  `${inWords(meanOf(figures))} (${inWords(Math.min(...figures))} to ${inWords(Math.max(...figures))})`;
