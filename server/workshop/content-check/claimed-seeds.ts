import { drawableItems, everDrawn, finalBanks } from '../../teaching/content/drawable.js';
import type { Item } from '../../teaching/questions/item.js';
import type { Content, Course, Fault, Lesson } from '../../teaching/content/schema/types.js';
import type { CheckInput, Findings } from './findings.js';

/** What a course claims to teach is taught in a lesson that all its learners read, and asked by at least four of the items that it draws. */
export function checkClaimedSeeds(input: CheckInput): Findings {
  return { faults: input.content.courses.flatMap(course => claimFaults(course, input)), warnings: [] };
}

/** Ids of the points that a course leaves to others; null where it does not say what it claims. */
export const unclaimedSeeds = ({ seeds }: Content, { claims }: Course): string[] | null =>
  claims ? seeds.map(({ id }) => id).filter(id => !claims.includes(id)) : null;

function claimFaults(course: Course, { content, lineOf }: CheckInput): Fault[] {
  const file = `courses/${course.slug}.yaml`;
  const say = (problem: string, fix: string): Fault => ({
    file,
    line: lineOf(file, ['claims']),
    problem,
    fix,
  });
  const taught = new Set(readByAll(course, content).flatMap(({ teaches }) => teaches));
  const asked = itemsAsked(course, content);
  const { claims } = course;
  if (!claims) return [];
  const unclaimed = asked.flatMap(item =>
    (item.points ?? [])
      .filter(point => !claims.includes(point))
      .map(point =>
        say(`${item.id} asks ${point}, which the course does not claim.`, 'Claim it, or ask something else.'),
      ),
  );
  const kept = claims.flatMap(id => {
    const seed = content.seeds.find(each => each.id === id);
    if (!seed) return [say(`${id} is not a point in seeds.yaml.`, 'Name one of its points.')];
    return [
      ...(taught.has(id)
        ? []
        : [
            say(
              `${id} is claimed, and no lesson that everybody reads teaches it.`,
              'Teach it, or leave it out.',
            ),
          ]),
      ...askedFaults(seed, asked, say),
    ];
  });
  return [...kept, ...unclaimed];
}

/** What the course asks, it asks in several ways: one item is known by heart after two tries. */
const ITEMS_PER_POINT = 4;

function askedFaults(
  { id }: Content['seeds'][number],
  asked: readonly Item[],
  say: (problem: string, fix: string) => Fault,
): Fault[] {
  const count = asked.filter(({ points = [] }) => points.includes(id)).length;
  if (count >= ITEMS_PER_POINT) return [];
  return [
    say(
      `${id} is claimed, and ${count} of the items that are drawn ask it.`,
      `Write items with points: [${id}] until there are ${ITEMS_PER_POINT}, or leave it out.`,
    ),
  ];
}

/** The lessons that every learner of a course reads, whatever their job. */
export const readByAll = ({ modules }: Course, content: Content): Lesson[] =>
  modules.flatMap(({ module, lessons, instead }) =>
    (content.modules.find(({ slug }) => slug === module)?.lessons ?? []).filter(
      ({ name }) => lessons.includes(name) && name !== instead?.lesson,
    ),
  );

/** The items that the quizzes and the final of a course can draw. */
export function itemsAsked(course: Course, content: Content): Item[] {
  const ofModules = course.modules.flatMap(({ module, depth, quiz }) => {
    const items = content.modules.find(({ slug }) => slug === module)?.items ?? [];
    return quiz ? everDrawn(drawableItems(items, depth, course.jobs), quiz) : [];
  });
  const banks = finalBanks(course, content.modules, content.final?.items ?? []);
  const ofFinal = course.final
    ? everDrawn(
        banks.flatMap(({ items }) => items),
        course.final,
      )
    : [];
  return [...ofModules, ...ofFinal];
}
