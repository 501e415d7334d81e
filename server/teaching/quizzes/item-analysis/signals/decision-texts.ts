import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { DecisionFigures, KindFigures } from './decision-figures.js';
import { ENOUGH } from './decision-sums.js';
import type { Estimate, Sensitivity } from './sensitivity.js';

/** The decisions of a course in texts: a row for each kind of situation, and what they tell of it together. */
export function decisionTexts({ signal, noise, sensitivity }: DecisionFigures, t: Translate) {
  return {
    rows: [
      { name: t('signals.decisions.signal'), cells: cellsOf(signal, t) },
      { name: t('signals.decisions.noise'), cells: cellsOf(noise, t) },
    ],
    sensitivity: typeof sensitivity === 'string' ? null : measureTexts(sensitivity, t),
    lacking: sensitivity === 'few' ? lackingText(signal, noise, t) : null,
    isHidden: sensitivity === 'hidden',
  };
}

function cellsOf(kind: KindFigures | null, t: Translate): string[] | null {
  if (!kind) return null;
  const { answers, yes, noted, no, rate } = kind;
  const counts = [answers, yes, noted, no].map(each =>
    each === null ? t('statistics.hidden') : String(each),
  );
  return [...counts, rate === 'hidden' ? t('statistics.hidden') : t('signals.rate', { ...rate })];
}

const measureTexts = ({ dPrime, criterion }: Sensitivity, t: Translate) => ({
  dPrime: t('signals.decisions.measure', { ...dPrime }),
  criterion: t('signals.decisions.measure', { ...criterion }),
  leaning: t(`signals.decisions.leaning.${leaningOf(criterion)}`),
});

/** Towards the answer on whose side of 0 the whole interval lies. */
function leaningOf({ low, high }: Estimate): 'yes' | 'no' | 'neither' {
  if (high < 0) return 'yes';
  return low > 0 ? 'no' : 'neither';
}

function lackingText(signal: KindFigures | null, noise: KindFigures | null, t: Translate): string {
  const blanks = { ...ENOUGH, signal: soFar(signal, t), noise: soFar(noise, t) };
  return t('signals.decisions.lacking', blanks);
}

function soFar(kind: KindFigures | null, t: Translate): string {
  if (!kind) return t('signals.decisions.soFarSmall');
  return t('signals.decisions.soFar', {
    answers: Math.min(kind.answers, ENOUGH.answers),
    wanted: ENOUGH.answers,
    people: kind.people,
    wantedPeople: ENOUGH.people,
  });
}
