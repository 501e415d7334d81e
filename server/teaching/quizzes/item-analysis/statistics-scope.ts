import { courseVersion } from '../../courses/catalogue.js';
import type { CourseSnapshot } from '../../content/snapshot.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { quizName } from '../quiz-words.js';
import type { Quiz } from '../quiz-model.js';
import { quizOf } from '../quiz.js';
import type { AnalysisScope } from './analysis-scope.js';
import { versionIn } from './taken-quizzes.js';

/** Which attempts are analysed, the course version that represents them, and what the quiz is called. */
export interface NamedScope {
  readonly scope: AnalysisScope;
  readonly snapshot: CourseSnapshot;
  /** The quiz as that version has it. */
  readonly asked: Quiz;
  readonly title: string;
}

/** What a course may be called; nothing else reaches a query. */
const SLUG = /^[a-z0-9-]{1,80}$/;

/** The scope that an address names; null for a course, a version or a quiz that does not exist. */
export async function namedScope(named: {
  course: string;
  version: string;
  quiz: string;
  attempts: string;
}): Promise<NamedScope | null> {
  const version = named.version === 'all' ? null : parseInteger(named.version, { min: 1, max: 1_000_000 });
  if ((version === null && named.version !== 'all') || !SLUG.test(named.course)) return null;
  const only = named.attempts === 'all' ? 'all' : 'first';
  const scope = { courseSlug: named.course, version, quiz: named.quiz, only } as const;
  const found = await versionIn(scope);
  if (!found) return null;
  const { snapshot } = await courseVersion(found.id);
  const asked = quizOf(snapshot, scope.quiz);
  return (
    asked && {
      scope,
      snapshot,
      asked,
      title: `${quizName(scope.quiz, asked.title, spoken)} · ${snapshot.title}`,
    }
  );
}
