import type { CourseSnapshot, SnapshotRemediation } from '../../content/snapshot.js';
import { FULL_POINTS } from '../../questions/question-type.js';
import type { GradedForm } from '../quiz.js';

/** A question to practise a rule with. */
export type PracticeItem = SnapshotRemediation['items'][number];

/** The safety rules that an attempt missed, each once: of safety questions in the order of the form, then of the case. */
export function missedRules({ slots }: Pick<GradedForm, 'slots'>): string[] {
  const ofItems = slots.flatMap(({ critical, points, unsafe = [] }) =>
    critical !== false && points < FULL_POINTS ? [critical, ...unsafe] : unsafe,
  );
  const ofCase = slots.flatMap(slot => slot.case?.unsafe ?? []);
  return [...new Set([...ofItems, ...ofCase])];
}

/** What a course has for a rule, or null. */
export const remediationOf = ({ remediation }: CourseSnapshot, rule: string): SnapshotRemediation | null =>
  remediation?.find(each => each.rule === rule) ?? null;

/** The question to begin with: another one after each attempt, so that a second miss meets a new case. */
export function firstItem({ items }: SnapshotRemediation, attemptNumber: number): PracticeItem {
  const item = items[(attemptNumber - 1) % items.length];
  if (!item) throw new RangeError('A rule without questions');
  return item;
}

/** The question after this one; after the last comes the first. */
export function otherItem({ items }: SnapshotRemediation, { id }: PracticeItem): PracticeItem | null {
  const at = items.findIndex(item => item.id === id);
  return items.length > 1 ? (items[(at + 1) % items.length] ?? null) : null;
}
