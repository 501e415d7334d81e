import type { PublishedCourse } from '../../../server/teaching/courses/catalogue.js';
import { enrol, type CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import type { JobName } from '../../../server/teaching/questions/jobs.js';
import { sampleDecision, sampleItem } from '../../teaching/questions/samples.js';
import { signedIn } from '../people.js';
import { MODULE, readLessons } from '../walk.js';
import { ownVersion } from './own-version.js';

/** What the course asks: one job of each of two families. */
export const ASKED = ['cabin', 'school'] as const satisfies readonly JobName[];

/** Four decisions each for everybody, for the cabin and for the school; their ids begin alike. */
const bank = (objective: string): Item[] =>
  [undefined, ...ASKED].flatMap((job, group) =>
    [1, 2, 3, 4].map(n =>
      sampleItem('decision', {
        ...sampleDecision('tell'),
        id: idOf(job ?? 'any', n),
        objective,
        stem: `Decision ${group}.${n}: what do you do?`,
        ...(job ? { roles: [job] } : {}),
      }),
    ),
  );

const GROUPS = { any: 'M1-91', cabin: 'M1-92', school: 'M1-93' };
const idOf = (group: keyof typeof GROUPS, n: number): string => `${GROUPS[group]}${n}`;

/** For whom an item of this course is written. */
export const writtenFor = (itemId: string): string | undefined =>
  Object.entries(GROUPS).find(([, begins]) => itemId.startsWith(begins))?.[0];

/**
 * A course that asks for its learners' job. Its first quiz and its final draw three of one bank, two of them for the learner's
 * family. It is nobody's current version.
 */
export const jobCourse = (): Promise<PublishedCourse> =>
  ownVersion(({ modules, ...snapshot }) => {
    const [first] = modules.filter(({ slug }) => slug === MODULE);
    const quiz = { draw: 3, pass: 2, minCritical: 0, family: 2, items: bank(first?.objectives[0]?.id ?? '') };
    return {
      ...snapshot,
      jobs: ASKED,
      modules: [{ ...first, quiz }],
      final: { ...quiz, family: 1, scenarios: [] },
    };
  });

/** Somebody signed in who is about to take the first quiz of such a course. */
export async function atJobCourse(version: PublishedCourse) {
  const learner = await signedIn();
  const { id: organisationId } = await openOrganisation();
  const cycle = await enrol({ userId: learner.id, organisationId, course: version, now: Date.now() });
  await readLessons(cycle, MODULE);
  return { learner, browser: learner.browser, cycle, start: startOf(cycle) };
}

const startOf = ({ id }: CycleFacts): string => `/learning/${id}/quizzes/${MODULE}`;
