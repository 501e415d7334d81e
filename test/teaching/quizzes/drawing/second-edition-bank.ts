import { FAMILIES, type Family } from '../../../../server/teaching/questions/jobs.js';
import { LEVELS } from '../../../../server/teaching/questions/levels.js';
import type { Drawable } from '../../../../server/teaching/quizzes/drawing/blueprint.js';

/** The right answers of twelve decisions: five carry-on, one note, three tell, three urgent. */
const KEYS = 'carry-on urgent tell carry-on note carry-on tell urgent carry-on tell urgent carry-on'.split(
  ' ',
);

/** So many items for one family, or for every job; three of five are decisions, and every eighth one is half of a pair. */
function items(family: Family | null, size: number): Drawable[] {
  const name = family ?? 'any';
  return Array.from({ length: size }, (_, n): Drawable => {
    const isDecision = n % 5 < 3;
    const disposition = KEYS[(Math.floor(n / 5) * 3 + (n % 5)) % KEYS.length];
    return {
      id: `${name}-${String(n).padStart(3, '0')}`,
      objective: `M${n % 8}-O1`,
      level: LEVELS[(n * 3) % 5] ?? 'apply',
      depth: 'full',
      critical: (isDecision && disposition === 'urgent') || n % 5 === 4 ? 'always-1' : false,
      ...(isDecision ? { disposition } : {}),
      ...(family ? { roles: [FAMILIES[family][0]] } : {}),
      ...(n % 16 < 2 ? { pair: `P-${name}-${Math.floor(n / 16)}` } : {}),
    };
  });
}

/** The final's bank of the size that the curriculum plans. */
export const finalBank = (): Drawable[] => [
  ...items(null, 16),
  ...items('ride', 24),
  ...items('counter', 24),
  ...items('care', 24),
  ...items('phone', 24),
  ...items('officer', 72),
];
