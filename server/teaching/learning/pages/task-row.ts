import type { Translate } from '../../../platform/i18n/i18n.js';
import type { Wait } from '../../../platform/i18n/waits.js';
import type { Progress, Tried } from '../completion.js';

/** A stop on the route, as `components/lists/task-row` shows it. */
export interface TaskRow {
  readonly title: string;
  readonly href: string | null;
  readonly detail: string;
  /** That the detail speaks of. */
  readonly wait?: Wait | null;
  readonly state: 'done' | 'now' | 'open' | 'not-yet' | 'goal';
  readonly statusText: string;
  readonly begun?: boolean;
  /** The module that it leads to. */
  readonly sign?: string;
}

/** What the row of a quiz says once it was tried. */
export function triedRow(tried: Tried | undefined, t: Translate): Partial<TaskRow> {
  if (!tried) return {};
  const statusText = t(`course.status.${STATUS[tried.kind]}`);
  if (tried.kind === 'practised-rules') return { statusText };
  if (tried.kind !== 'wait' || !tried.wait) return { statusText, begun: true };
  const detail = t('limits.waitText', { wait: tried.wait.words });
  return { statusText, begun: true, detail, wait: tried.wait };
}

const STATUS = {
  open: 'now',
  again: 'failed',
  rules: 'failed',
  wait: 'failed',
  spent: 'spent',
  practised: 'done',
  'practised-rules': 'open',
} as const;

/** What is told of a practice quiz that was taken: "Practice: 2 of 3 right", or that it was passed; null before that. */
export function practiceText(
  { practised, passed, tried }: Progress,
  quiz: string,
  t: Translate,
): string | null {
  if (passed.has(quiz)) return t('course.practicePassed');
  const practice = tried?.get(quiz)?.practice;
  if (!practised.has(quiz) || !practice) return null;
  return t('course.practised', practice);
}
