import type { PublishedCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule } from '../../content/snapshot.js';
import type { JobName } from '../../questions/jobs.js';

/** A cache: what depends on a course object stays the same for as long as it does. */
const known = new WeakMap<CourseSnapshot, Map<JobName, PublishedCourse>>();

/** The course as people with this job take it: where a module says so, they read one lesson instead of another. */
export function courseFor(course: PublishedCourse, job: JobName | null): PublishedCourse {
  if (!job || !course.snapshot.modules.some(module => readsInstead(module, job))) return course;
  const byJob = known.get(course.snapshot) ?? new Map<JobName, PublishedCourse>();
  known.set(course.snapshot, byJob);
  const found = byJob.get(job) ?? tailored(course, job);
  byJob.set(job, found);
  return found;
}

function tailored(course: PublishedCourse, job: JobName): PublishedCourse {
  const modules = course.snapshot.modules.map(module =>
    readsInstead(module, job) ? exchanged(module) : module,
  );
  return { ...course, snapshot: { ...course.snapshot, modules } };
}

const readsInstead = ({ instead }: SnapshotModule, job: JobName): boolean =>
  instead?.jobs.includes(job) ?? false;

/** The two lessons change places: the one counts now, the other may be read as well. */
function exchanged(module: SnapshotModule): SnapshotModule {
  const { lesson, read } = module.instead ?? {};
  const lessonNamed = (name: string | undefined) => module.lessons.find(each => each.name === name);
  const [usual, other] = [lessonNamed(lesson), lessonNamed(read)];
  if (!usual || !other) return module;
  const lessons = module.lessons.map(each =>
    each === usual ? { ...other, optional: false } : each === other ? { ...usual, optional: true } : each,
  );
  return { ...module, lessons };
}
