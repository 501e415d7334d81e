import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { questionTypes } from '../../questions/question-types.js';
import { choiceName, type ItemVersion } from './figures/analysed-bank.js';
import type { Figure } from './figures/figure.js';
import { ENOUGH_ANSWERS, FLAG_KEYS, THRESHOLDS, type Flag } from './figures/flags.js';
import type { Chosen } from './figures/outer-thirds.js';
import { SMALLEST_GROUP } from './small-groups.js';

/** Stands for a bar that is not drawn; the table beside it says why. */
export const NOTHING = '–';

/** What type a question is of; null for one that is in no bank. One that the product has no more is called as the content calls it. */
export function typeName(type: string | null, t: Translate): string {
  if (type === null) return t('statistics.kind.unknown');
  return questionTypes.names.includes(type) ? questionTypes.named(type).label(t) : type;
}

/** What a question is to show that people can do, with its id; the id alone where the course does not know it. */
export function objectiveIn({ modules }: CourseSnapshot, id: string): string {
  const found = modules.flatMap(({ objectives }) => objectives).find(objective => objective.id === id);
  return found ? `${found.text} (${id})` : id;
}

/** A figure as `say` says it, or that it is not defined or hidden, and why. */
export function figureInWords(figure: Figure, t: Translate, say: (value: number) => string): string {
  if (figure.value !== null) return say(figure.value);
  const reason = t(`statistics.reason.${figure.reason}`);
  return figure.reason === 'tells-hidden' ? reason : t('statistics.notDefined', { reason });
}

export const shareInWords = (figure: Figure, t: Translate): string =>
  figureInWords(figure, t, value => t('numbers.percent', { value }));

export const ratio = (figure: Figure, t: Translate): string =>
  figureInWords(figure, t, value => t('numbers.decimal', { value }));

export const seconds = (figure: Figure, t: Translate): string =>
  figureInWords(figure, t, value => t('statistics.seconds', { count: value }));

/** A number of people, or of what people did. */
export const few = (count: number, t: Translate): string =>
  count > 0 && count < SMALLEST_GROUP
    ? t('statistics.fewer', { count: SMALLEST_GROUP })
    : t('numbers.whole', { value: count });

/** How much of a question distinguishes it from others in a list (characters). */
const BEGINNING = 70;

/** The beginning of a text, cut between two words. */
export function beginningOf(text: string): string {
  if (text.length <= BEGINNING) return text;
  return `${text.slice(0, BEGINNING + 1).replace(/\s+\S*$/, '')} …`;
}

/** How many, and their share. */
export function counted({ count, of }: Chosen, t: Translate): string {
  return count === null ? t('statistics.hidden') : t('numbers.countAndShare', { count, share: count / of });
}

export function chosenShare(chosen: Chosen | null, t: Translate): string {
  if (chosen === null) return NOTHING;
  const percent = percentOf(chosen);
  return percent === null ? t('statistics.hidden') : t('numbers.percent', { value: percent / 100 });
}

export const percentOf = (chosen: Chosen | null): number | null =>
  chosen?.count == null ? null : Math.round((chosen.count / chosen.of) * 100);

/** From how many answers flags are raised and acted on, and every flag with the threshold at which it is raised. */
export const flagGuide = (t: Translate) => ({
  lead: t('statistics.flagsLead', { look: ENOUGH_ANSWERS, act: THRESHOLDS.act }),
  rows: FLAG_KEYS.map(key => ({ name: t(`statistics.flag.${key}`), text: flagText(key, t) })),
});

export const flagText = (key: Flag['key'], t: Translate): string =>
  t(`statistics.flagText.${key}`, inPercent());

/** The thresholds as texts have them: shares in per cent. */
function inPercent(): Record<string, number> {
  const { easy, hard, aboveGuess, unsafe, dead, ...others } = THRESHOLDS;
  const shares = Object.entries({ easy, hard, aboveGuess, unsafe, dead });
  return { ...others, ...Object.fromEntries(shares.map(([name, value]) => [name, Math.round(value * 100)])) };
}

/** What flags ask for, and which they are; null where there is none. */
export const flagsInWords = (flags: readonly Flag[], version: ItemVersion, t: Translate): string | null =>
  flags[0]
    ? t(`statistics.weight.${flags[0].weight}`, { flags: flags.map(flag => flagName(flag, version, t)) })
    : null;

function flagName({ key, choice }: Flag, version: ItemVersion, t: Translate): string {
  const name = t(`statistics.flag.${key}`);
  return choice === null ? name : t('statistics.flagOn', { name, choice: choiceName(version, choice, t) });
}
