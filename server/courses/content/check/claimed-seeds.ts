import { drawableItems, everDrawn, finalBanks } from '../drawable.js';
import type { Content, Course, Fault } from '../schema/types.js';
import type { CheckInput, Findings } from './findings.js';

/** What a course claims to teach is taught in a lesson that all its learners read, and asked about by an item that it draws. */
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
  const taught = taughtToAll(course, content);
  const asked = askedAbout(course, content);
  return (course.claims ?? []).flatMap(id => {
    const seed = content.seeds.find(each => each.id === id);
    if (!seed) return [say(`${id} is no point of seeds.yaml.`, 'Name one of its points.')];
    return [
      ...(taught.has(id)
        ? []
        : [
            say(
              `${id} is claimed, and no lesson that everybody reads teaches it.`,
              'Teach it, or leave it out.',
            ),
          ]),
      ...(seed.testedBy.some(objective => asked.has(objective))
        ? []
        : [
            say(
              `${id} is claimed, and no item that is drawn asks about it.`,
              'Write an item, or leave it out.',
            ),
          ]),
    ];
  });
}

function taughtToAll({ modules }: Course, content: Content): Set<string> {
  const read = modules.flatMap(({ module, lessons, instead }) =>
    (content.modules.find(({ slug }) => slug === module)?.lessons ?? []).filter(
      ({ name }) => lessons.includes(name) && name !== instead?.lesson,
    ),
  );
  return new Set(read.flatMap(({ teaches }) => teaches));
}

function askedAbout(course: Course, content: Content): Set<string> {
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
  return new Set([...ofModules, ...ofFinal].map(({ objective }) => objective));
}
