import { spoken } from '../../platform/i18n/spoken.js';
import { dayWords } from '../../people/organisations/day-words.js';
import type { Standing } from '../requirements/standings.js';

/** The sign of a standing beside its word: nothing is told by colour alone. */
const SIGNS = {
  'not-required': { kind: '', icon: null },
  waived: { kind: '', icon: 'bar' },
  'on-leave': { kind: '', icon: 'bar' },
  gap: { kind: 'clay', icon: 'alert' },
  overdue: { kind: 'clay', icon: 'alert' },
  'in-grace': { kind: 'dawn', icon: 'clock' },
  expiring: { kind: 'dawn', icon: 'clock' },
  current: { kind: 'moss', icon: 'tick' },
  'due-soon': { kind: 'dawn', icon: 'clock' },
  'not-yet-due': { kind: '', icon: null },
} as const;

/** A standing as a tag: its word and its sign. */
export const standingTag = (standing: Standing) => ({
  text: spoken(`requirements.standing.${standing}`),
  state: standing,
  ...SIGNS[standing],
});

/** What a due day means for somebody who stands in a way; the others have none that matters. */
const DUE: Partial<Record<Standing, 'until' | 'was' | 'by'>> = {
  ...{ current: 'until', expiring: 'until', 'in-grace': 'was', overdue: 'was' },
  ...{ 'due-soon': 'by', 'not-yet-due': 'by' },
};

/** "Until 3 March 2027": the day that matters to somebody who stands in a way; null: there is none. */
export function dueText(standing: Standing, dueDay: string | null): string | null {
  const means = DUE[standing];
  if (!means) return null;
  if (dueDay === null) return standing === 'current' ? spoken('reports.due.forGood') : null;
  return spoken(`reports.due.${means}`, { day: dayWords(dueDay) });
}
