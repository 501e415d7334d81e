import { currentCourse, currentCourses } from '../catalogue.js';
import { proposedFor, proposeChange } from './course-changes.js';

type Say = (line: string) => void;

const HOW = 'courses: use changes, or propose SLUG minor|material --says "WHAT CHANGED"';

/** `courses changes`: what was said of the current version of each course. */
export async function listChanges(say: Say): Promise<number> {
  for (const { slug, number, versionId } of await currentCourses()) {
    const change = await proposedFor(versionId);
    say(`${slug}  version ${number}  ${change ? `${change.kind}: ${change.says}` : 'nothing proposed'}`);
  }
  return 0;
}

/**
 * `courses propose SLUG minor|material --says …`: how much the current version of a course changes. Returns the exit code 0, also
 * where it was proposed before. Throws an error with a sentence where something is missing or not there.
 */
export async function propose([slug = '', kind]: readonly string[], says: string, say: Say): Promise<number> {
  if ((kind !== 'minor' && kind !== 'material') || says.trim().length < 10 || says.length > 300)
    throw new Error(HOW);
  const course = await currentCourse(slug);
  if (!course) throw new Error(`There is no course "${slug}"`);
  const isNew = await proposeChange(course, { kind, says: says.trim() }, { actorId: null, now: Date.now() });
  const version = `${slug} version ${course.number}`;
  say(
    isNew
      ? `${version}: proposed as ${kind}${kind === 'material' ? '. Each organisation decides' : ''}`
      : `${version}: already proposed, nothing to change`,
  );
  return 0;
}
