import type { SumPlace } from '../../../../platform/sums/sums.js';
import type { AnalysisScope } from '../analysis-scope.js';
import type { ItemVersion } from '../figures/analysed-bank.js';

/** Under this name the sums of quizzes are kept. */
export const QUIZZES = 'quizzes';

/** The part of a quiz with how situations were judged: under '' by everybody, else under the id of an organisation. */
export const SIGNALS = 'signals';

/** Under this name stands the form itself; its items stand under theirs. */
export const THE_FORM = '';

export const subjectOf = ({ courseSlug, quiz }: Pick<AnalysisScope, 'courseSlug' | 'quiz'>): string =>
  `${courseSlug} ${quiz}`;

/** The course and the quiz of a subject. */
export function quizOfSubject({ subject }: Pick<SumPlace, 'subject'>): { courseSlug: string; quiz: string } {
  const [courseSlug = '', quiz = ''] = subject.split(' ');
  return { courseSlug, quiz };
}

/** First tries of first cycles, and all others; of a course version, or (null) of all together. */
export const triesPart = (version: number | null, tries: 'first' | 'later'): string =>
  `${version ?? 'all'} ${tries}`;

/** The version of a part; null where it is of all versions, or no part of tries. */
export const versionOfPart = ({ part }: Pick<SumPlace, 'part'>): number | null =>
  Number.parseInt(part) || null;

/** The parts of a scope. */
export const scopeParts = ({ version, only }: AnalysisScope): string[] =>
  only === 'first'
    ? [triesPart(version, 'first')]
    : [triesPart(version, 'first'), triesPart(version, 'later')];

export const itemName = ({ id, hash }: Pick<ItemVersion, 'id' | 'hash'>): string => `${id} ${hash}`;
