import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Progress } from '../completion.js';
import { addresses } from '../cycle-addresses.js';

/** A copy kept on a device shows nobody's progress. */
export const NOTHING_DONE: Progress = {
  finished: new Set(),
  passed: new Set(),
  practised: new Set(),
};

/** The pages of a course that can be kept on a device: modules and lessons, never a quiz. */
export function copiesOf(cycleId: string, { modules }: CourseSnapshot): { pages: string[] } {
  const to = addresses(cycleId);
  const pages = modules.flatMap(({ slug, lessons }) => [
    to.module(slug),
    ...lessons.map(({ name }) => to.lesson(slug, name)),
  ]);
  return { pages };
}

/** What a page weighs besides its text, and the text's own mark-up (bytes); the style sheet, scripts and font once. */
const FRAME = 11_000;
const MARK_UP = 1.3;
const FILES = 80_000;

/** About how much room the copies take (megabytes, to a tenth), told before they are made. */
export function copySize({ modules }: CourseSnapshot): number {
  const lessons = modules.flatMap(module => module.lessons);
  const text = lessons.reduce((sum, { body }) => sum + body.length * MARK_UP + FRAME, 0);
  return Math.ceil((text + modules.length * FRAME + FILES) / 1e5) / 10;
}
