import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';
import { currentCourse } from '../../server/teaching/courses/catalogue.js';
import { loadContent } from '../../server/teaching/content/load/load.js';
import { publishContent } from '../../server/teaching/courses/publishing.js';
import { connect, disconnect } from '../../server/platform/db/connect.js';
import { migrate } from '../../server/platform/db/migrate.js';
import { ensureOpenOrganisation } from '../../server/people/organisations/memberships.js';
import { quizOf } from '../../server/teaching/quizzes/quiz.js';
import type { Place } from '../support/quizzes/made-up-attempts.js';

const COURSE = 'airline-and-transport';
const QUIZ = 'foundations';

/** Hands over the quiz of a course that is published on a new database, in this process: a SQLite of its own, or the one that `url` names. */
export async function onOwnDatabase<T>(
  use: (place: Place) => Promise<T>,
  { quiz = QUIZ, url }: { quiz?: string; url?: string | undefined } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-own-'));
  await connect(url ?? `sqlite:${join(folder, 'own.sqlite')}`);
  try {
    await migrate();
    return await use(await published(quiz));
  } finally {
    await disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function published(name: string): Promise<Place> {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  await publishContent(loaded.content, 'bench', Date.now());
  const { id: organisation } = await ensureOpenOrganisation({ name: 'Bench', timeZone: 'UTC', now: 1 });
  const course = await currentCourse(COURSE);
  const quiz = course && quizOf(course.snapshot, name);
  if (!course || !quiz) throw new Error(`There is no quiz ${name}`);
  return { organisation, courseSlug: COURSE, versionId: course.versionId, quiz };
}
