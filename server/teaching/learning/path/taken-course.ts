import { courseVersion, type PublishedCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule, SnapshotRenewal } from '../../content/snapshot.js';
import type { CycleFacts } from '../enrolments.js';

/** The course of a cycle at its version, as the cycle takes it: whole, or by the shorter path of those who renew. */
export async function takenCourse({
  courseVersionId,
  path,
}: Pick<CycleFacts, 'courseVersionId' | 'path'>): Promise<PublishedCourse> {
  const course = await courseVersion(courseVersionId);
  return path === 'renewal' ? renewalOnly(course) : course;
}

/** A cache: what depends on a course object stays the same for as long as it does. */
const known = new WeakMap<CourseSnapshot, PublishedCourse>();

function renewalOnly(course: PublishedCourse): PublishedCourse {
  const { renewal } = course.snapshot;
  if (!renewal) return course;
  const found = known.get(course.snapshot) ?? { ...course, snapshot: shortened(course.snapshot, renewal) };
  known.set(course.snapshot, found);
  return found;
}

/** The modules of the path come first, in its order; what it leaves out can be looked up, and asks for nothing. */
function shortened(course: CourseSnapshot, { modules: parts }: SnapshotRenewal): CourseSnapshot {
  const placeOf = ({ slug }: SnapshotModule) => {
    const at = parts.findIndex(({ module }) => module === slug);
    return at === -1 ? parts.length : at;
  };
  const modules = course.modules
    .map(module => partOf(module, parts.find(part => part.module === module.slug)?.lessons ?? []))
    .sort((a, b) => placeOf(a) - placeOf(b));
  return { ...course, modules };
}

function partOf(module: SnapshotModule, read: SnapshotRenewal['modules'][number]['lessons']): SnapshotModule {
  const names = read.map(({ name }) => name);
  const others = module.lessons.filter(({ name }) => !names.includes(name));
  const lessons = [...read, ...others.map(lesson => ({ ...lesson, optional: true }))];
  const { instead, ...rest } = module;
  const kept = instead && names.includes(instead.lesson) ? { instead } : {};
  return { ...rest, ...kept, lessons, isUnasked: true };
}
