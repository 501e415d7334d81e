/**
 * Seconds that each type of question is planned to take. A choice: enough to read a question of usual length, 85 words with
 * its options, at 175 words a minute (29 seconds), and to decide. A decision: a story of 35 to 70 words, and two choices.
 */
export const SECONDS = { choice: 45, decision: 60, steps: 75, writing: 120 } as const;
