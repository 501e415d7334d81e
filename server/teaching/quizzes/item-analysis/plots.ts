import type { Translate } from '../../../platform/i18n/i18n.js';
import type { ItemFigures } from './figures/item-figures.js';
import type { ChoiceFigures, Chosen } from './figures/outer-thirds.js';
import { choiceName } from './figures/analysed-bank.js';
import { chosenShare, counted, NOTHING, percentOf, shareInWords } from './statistics-texts.js';

/** Facility by the result on the rest of the form: a table, and the same as bars. */
export function thirds({ thirds: { lower, middle, upper } }: ItemFigures, t: Translate) {
  const groups = Object.entries({ lower, middle, upper });
  const rows = groups.map(([key, figure]) => ({
    name: t(`statistics.third.${key}`),
    value: shareInWords(figure, t),
    percent: figure.value === null ? null : Math.round(figure.value * 100),
  }));
  const bars = rows.map(({ name, value, percent }) => ({
    label: name,
    bars: [{ percent, text: percent === null ? NOTHING : value, kind: 'upper' as const }],
  }));
  const groupsInWords = rows.map(({ name, value }) => `${name}: ${value}`).join(t('lists.apart'));
  return {
    rows,
    plot: rows.every(({ percent }) => percent === null)
      ? null
      : { key: null, bars, label: t('statistics.thirdsPlot', { groups: groupsInWords }) },
  };
}

/**
 * Who took what: a table, and the same as bars; over all people where the outer thirds are not known. `plot` is null where
 * every share is hidden or unknown.
 */
export function choiceBars({ version, choices: all }: ItemFigures, t: Translate) {
  const named = all.map(choice => ({ ...choice, name: choiceName(version, choice.id, t) }));
  return {
    rows: named.map(({ name, text, isRight, ...shares }) => ({
      name: isRight ? t('statistics.rightChoice', { name }) : name,
      text,
      all: counted(shares.all, t),
      lower: chosenShare(shares.lower, t),
      upper: chosenShare(shares.upper, t),
    })),
    plot: withBars(
      named.some(({ lower, upper }) => lower ?? upper) ? byOuterThirds(named, t) : byAll(named, t),
    ),
  };
}

const withBars = (plot: ReturnType<typeof byOuterThirds> | ReturnType<typeof byAll>) =>
  plot.bars.some(row => row.bars.some(({ percent }) => percent !== null)) ? plot : null;

type Named = ChoiceFigures & { readonly name: string };

function byOuterThirds(choices: readonly Named[], t: Translate) {
  const bar = (chosen: Chosen | null, kind: 'upper' | 'lower') => ({
    percent: percentOf(chosen),
    text: chosenShare(chosen, t),
    kind,
  });
  const inWords = choices.map(({ name, lower, upper }) =>
    t('statistics.choiceInWords', { name, upper: chosenShare(upper, t), lower: chosenShare(lower, t) }),
  );
  return {
    key: [t('statistics.third.upper'), t('statistics.third.lower')],
    bars: choices.map(({ name, lower, upper }) => ({
      label: name,
      bars: [bar(upper, 'upper'), bar(lower, 'lower')],
    })),
    label: t('statistics.choicesPlot', { choices: inWords.join(t('lists.apart')) }),
  };
}

function byAll(choices: readonly Named[], t: Translate) {
  const inWords = choices.map(({ name, all }) => `${name}: ${counted(all, t)}`);
  return {
    key: null,
    bars: choices.map(({ name, all }) => ({
      label: name,
      bars: [{ percent: percentOf(all), text: counted(all, t), kind: 'upper' as const }],
    })),
    label: t('statistics.choicesPlotAll', { choices: inWords.join(t('lists.apart')) }),
  };
}
