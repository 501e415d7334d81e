/** From low to high: Anderson and Krathwohl, A Taxonomy for Learning, Teaching, and Assessing (2001), without "create". */
export const LEVELS = ['remember', 'understand', 'apply', 'analyse', 'evaluate'] as const;
export type Level = (typeof LEVELS)[number];

/** Does an item at this level ask for as much as the other one does? */
export const isAtLeast = (level: Level, other: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(other);
