import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import type { ItemVersion } from './figures/analysed-bank.js';
import type { Figure } from './figures/figure.js';
import type { CutScore } from './figures/cut-score.js';
import { ENOUGH_ATTEMPTS } from './figures/decision-consistency.js';
import { ENOUGH_ANSWERS } from './figures/flags.js';
import type { ItemFigures } from './figures/item-figures.js';
import type { AnalysisScope } from './analysis-scope.js';
import type { ItemRow, QuizFigures } from './figures/quiz-figures.js';
import { choiceBars, thirds } from './plots.js';
import {
  beginningOf,
  counted,
  few,
  flagsInWords,
  flagText,
  figureInWords,
  typeName,
  NOTHING,
  objectiveIn,
  ratio,
  seconds,
  shareInWords,
} from './statistics-texts.js';

type LargeQuiz = Extract<QuizFigures, { isSmall: false }>;

/** The addresses of the statistics of one scope. */
export function statisticsAddresses({ courseSlug, version, quiz, only }: AnalysisScope) {
  const base = (number: number | null) => `/admin/statistics/${courseSlug}/${number ?? 'all'}/${quiz}`;
  const query = (attempts: AnalysisScope['only']) => (attempts === 'all' ? '?attempts=all' : '');
  return {
    quiz: base(version) + query(only),
    otherVersion: (number: number | null) => base(number) + query(only),
    otherAttempts: (attempts: AnalysisScope['only']) => base(version) + query(attempts),
    item: ({ id, hash }: ItemVersion) =>
      `${base(version)}/items/${encodeURIComponent(id)}/${hash || UNKNOWN}${query(only)}`,
    itemsFile: `${base(version)}/items.csv${query(only)}`,
    choicesFile: `${base(version)}/choices.csv${query(only)}`,
  };
}

/** Stands in an address for an item that is in no bank. */
const UNKNOWN = 'unknown';

/** The version of an item that an address names, among the rows of a quiz; null when it is not there. */
export const rowAt = (rows: readonly ItemRow[], id: string, hash: string): ItemRow | null =>
  rows.find(({ version }) => version.id === id && (version.hash || UNKNOWN) === hash) ?? null;

/** The head of the page of a quiz, in texts. */
export function quizFacts(figures: LargeQuiz, cut: CutScore, t: Translate) {
  const { reliability, questions } = figures;
  const inQuestions = (figure: Figure) =>
    figureInWords(figure, t, value => t('statistics.ofQuestions', { value, count: questions }));
  return {
    facts: [
      { label: t('statistics.attempts'), value: String(figures.attempts) },
      { label: t('statistics.passMark'), value: cutInWords(cut, t) },
      { label: t('statistics.mean'), value: inQuestions(figures.mean) },
      { label: t('statistics.deviation'), value: inQuestions(figures.deviation) },
      { label: t(`statistics.reliability.${reliability.kind}`), value: ratio(reliability.value, t) },
      { label: t('statistics.standardError'), value: inQuestions(figures.standardError) },
      { label: t('statistics.agreement'), value: shareInWords(figures.decisions.agreement, t) },
      { label: t('statistics.kappa'), value: ratio(figures.decisions.kappa, t) },
    ],
    about: [
      t(`statistics.about.${reliability.kind}`),
      t('statistics.about.decisions', { count: ENOUGH_ATTEMPTS }),
    ],
    unreadable: figures.unreadable === 0 ? null : t('statistics.unreadable', { count: figures.unreadable }),
  };
}

const cutInWords = ({ passMark, borderline }: CutScore, t: Translate): string =>
  borderline === null
    ? t('statistics.provisional', { passMark })
    : t('statistics.panelled', { passMark, borderline });

/** One line of the list of items, in texts. */
export function itemLine(row: ItemRow, href: string, ruled: readonly string[], t: Translate) {
  const { id, hash, item } = row.version;
  const flagged = row.isSmall ? null : flagsInWords(row.flags, row.version, t);
  const name = {
    id,
    hash,
    href,
    text: item ? beginningOf(item.stem) : id,
    kind: typeName(item?.type ?? null, t),
  };
  if (row.isSmall) return { ...name, isSure: false, isSmall: true, cells: [], flags: [] };
  return {
    ...name,
    isSure: row.isSure,
    isSmall: false,
    cells: [
      String(row.answers),
      shareInWords(row.facility, t),
      ratio(row.discrimination, t),
      seconds(row.median, t),
    ],
    flags: [...ruled.map(kind => t(`regrade.flag.${kind}`)), ...(flagged === null ? [] : [flagged])],
  };
}

/** The page of one item, in texts; bars are whole per cents. `course` says what its objective is. */
export function itemPage(figures: ItemFigures, course: CourseSnapshot, t: Translate) {
  const { version, blank } = figures;
  const objective = version.item?.objective;
  return {
    stem: version.item?.stem ?? t('statistics.unknownItem'),
    facts: [
      { label: t('statistics.kind.label'), value: typeName(version.item?.type ?? null, t) },
      { label: t('statistics.objective'), value: objective ? objectiveIn(course, objective) : NOTHING },
      { label: t('statistics.itemVersion'), value: version.hash || NOTHING, code: true },
      { label: t('statistics.answers'), value: String(figures.answers) },
      { label: t('statistics.blank'), value: counted(blank, t) },
    ],
    unsure: figures.isSure ? null : t('statistics.unsureText', { count: ENOUGH_ANSWERS }),
    flags: figures.flags.map(flag => ({
      isToAct: flag.weight === 'act',
      name: flagsInWords([flag], version, t) ?? '',
      text: flagText(flag.key, t),
    })),
    measures: measures(figures, t),
    thirds: thirds(figures, t),
    choices: choiceBars(figures, t),
    confidence: (figures.confidence ?? []).map(({ said, right, wrong }) => ({
      name: t(`statistics.said.${said}`),
      right: right === null ? t('statistics.hidden') : String(right),
      wrong: wrong === null ? t('statistics.hidden') : String(wrong),
    })),
  };
}

function measures(figures: ItemFigures, t: Translate) {
  const row = (key: string, value: string) => ({
    name: t(`statistics.measure.${key}`),
    value,
    text: t(`statistics.measureText.${key}`),
  });
  const { pauses, together } = figures;
  return [
    row('facility', shareInWords(figures.facility, t)),
    row('deviation', shareInWords(figures.deviation, t)),
    row('guess', shareInWords(figures.version.guess, t)),
    row('discrimination', ratio(figures.discrimination, t)),
    row('efficiency', shareInWords(figures.efficiency, t)),
    row('jump', ratio(figures.jump, t)),
    row('median', seconds(figures.median, t)),
    row('p90', seconds(figures.p90, t)),
    row('pauses', few(pauses, t)),
    ...(together === 0 ? [] : [row('together', few(together, t))]),
  ];
}
