import { createHash } from 'node:crypto';
import { canonicalJson } from '../../platform/lib/canonical-json.js';
import type { BankShare } from './bounds.js';
import { drawableItems, finalBanks, finalCases, renewalBanks, sharesOf } from './drawable.js';
import { bodyReferences } from './load/lesson-body.js';
import { lessonMinutes } from './minutes.js';
import type {
  Blueprint,
  Content,
  Course,
  CourseModule,
  Fact,
  Lesson,
  Module,
  RemediationRule,
  RenewalPath,
} from './schema/types.js';
import type { Item } from '../questions/item.js';
import { asSwitched } from '../questions/types/scenario/unheard.js';
import type { Scenario } from '../questions/types/scenario/scenario-shape.js';

/** A lesson as a course shows it: `optional` when the course or the lesson itself says so; `seconds` as counted. */
export type SnapshotLesson = Omit<Lesson, 'bodyLine'> & { seconds: number };
/** `items`: all that may be drawn. `from`: which of them are of other banks, and how many of these stand in each form. */
export type SnapshotQuiz = Blueprint & { items: Item[]; from?: BankShare[] };
export type SnapshotModule = Pick<
  Module,
  'slug' | 'code' | 'title' | 'learnerTitle' | 'summary' | 'objectives' | 'reviews' | 'notice' | 'care'
> &
  Pick<CourseModule, 'group' | 'depth' | 'instead'> & {
    lessons: SnapshotLesson[];
    quiz: SnapshotQuiz;
    scenario: Scenario;
    /** No quiz of its own: the final alone asks about it, or a cycle takes the course by its renewal, which asks about all modules at once. */
    isUnasked?: true;
  };

/** The quiz that follows the lessons of a module; null where it has none, or where a renewal asks about all modules at once. */
export const ownQuiz = ({ isUnasked, quiz }: SnapshotModule): SnapshotQuiz | null =>
  isUnasked ? null : quiz;

/** With what the bank of a module without a quiz is stored, so that follow-ups, previews and exports find its items: nobody is asked it. */
const UNASKED: Blueprint = { practice: true, draw: 1, pass: 1, minCritical: 0 };

/** The quiz over all modules that a course asks where it is taken by its renewal; null where it is taken whole. */
export const renewalQuiz = ({ modules, renewal }: CourseSnapshot): SnapshotQuiz | null =>
  renewal && modules.every(({ isUnasked }) => isUnasked) ? renewal.quiz : null;

/** What the pages of those who take a module call it. Its `title` is its name everywhere else: in the catalogue and on certificates. */
export const titleForLearners = ({
  learnerTitle,
  title,
}: Pick<SnapshotModule, 'learnerTitle' | 'title'>): string => learnerTitle ?? title;

/** `note`: what the rule means for this course's people in particular; null where it means nothing special. */
export type SnapshotRemediation = Omit<RemediationRule, 'notes'> & { note: string | null };

/** The lessons of a renewal, module by module as they are read, and its one quiz. They count there, whatever they do elsewhere. */
export type SnapshotRenewal = Pick<RenewalPath, 'within' | 'criteria'> & {
  modules: { module: string; lessons: SnapshotLesson[] }[];
  quiz: SnapshotQuiz;
};

/** Everything that a learner may meet in one version of a course: showing, drawing and grading need nothing else. */
export type CourseSnapshot = Omit<Course, 'modules' | 'final' | 'renewal' | 'certificate'> & {
  format: 1;
  /** Older versions have none: their certificates say what had to be done (`criteria`). */
  certificate?: Course['certificate'];
  modules: SnapshotModule[];
  final: (SnapshotQuiz & { scenarios: Scenario[] }) | null;
  /** The shorter path of those who renew; absent where the course has none. */
  renewal?: SnapshotRenewal;
  facts: Fact[];
  /** For each safety rule, what a learner works through after missing it. Older versions have none. */
  remediation?: SnapshotRemediation[];
};

/** `canonical` is the snapshot as canonical JSON, `sha256` its digest in lower-case hex: equal digests are equal versions. */
export type BuiltCourse = { snapshot: CourseSnapshot; canonical: string; sha256: string };

/** Builds the snapshot of one course. Throws RangeError when the course is not in the content. */
export function buildCourseVersion(content: Content, courseSlug: string): BuiltCourse {
  const course = content.courses.find(({ slug }) => slug === courseSlug);
  if (!course) throw new RangeError(`There is no course "${courseSlug}"`);
  const modules = course.modules.map(entry => toModule(content, course, entry));
  const final = toFinal(content, course);
  const { renewal: path, ...facts } = course;
  const renewal = path && toRenewal(content, course, path);
  const snapshot: CourseSnapshot = {
    ...facts,
    format: 1,
    modules,
    final,
    ...(renewal ? { renewal } : {}),
    facts: citedFacts(content.facts, modules, final, renewal),
    ...(content.remediation.length > 0 ? { remediation: remediationFor(content, courseSlug) } : {}),
  };
  const canonical = canonicalJson(snapshot);
  return { snapshot, canonical, sha256: createHash('sha256').update(canonical).digest('hex') };
}

type StoredFinal = NonNullable<CourseSnapshot['final']> & { scenario?: Scenario | null };

/** A stored version as it is read. Versions published before a final could have several cases hold its only one, or null. */
export function readSnapshot(canonical: string): CourseSnapshot {
  const stored = JSON.parse(canonical) as CourseSnapshot & { final: StoredFinal | null };
  if (stored.final?.scenario === undefined) return stored;
  const { scenario, ...final } = stored.final;
  return { ...stored, final: { ...final, scenarios: scenario ? [scenario] : [] } };
}

function toModule(content: Content, { jobs }: Course, entry: CourseModule): SnapshotModule {
  const module = content.modules.find(({ slug }) => slug === entry.module);
  if (!module) throw new RangeError(`There is no module "${entry.module}"`);
  // How a bank fares with gates and readers is for its authors: a learner's version of the course is the same. What shows an
  // exhibit holds it.
  const { items, lessons, edition: _, blind: __, exhibits: ___, ...data } = module;
  const named = [...entry.lessons, ...entry.optional];
  return {
    ...data,
    group: entry.group,
    depth: entry.depth,
    ...(entry.instead ? { instead: entry.instead } : {}),
    lessons: lessons
      .filter(({ name }) => named.includes(name))
      .map(lesson => toLesson(lesson, lesson.optional || entry.optional.includes(lesson.name))),
    quiz: { ...(entry.quiz ?? UNASKED), items: drawableItems(items, entry.depth, jobs) },
    ...(entry.quiz ? {} : { isUnasked: true }),
    scenario: asSwitched(data.scenario),
  };
}

const toLesson = ({ bodyLine: _, ...lesson }: Lesson, optional: boolean): SnapshotLesson => ({
  ...lesson,
  seconds: Math.round(lessonMinutes(lesson) * 60),
  optional,
});

function toRenewal(
  content: Content,
  course: Course,
  { within, criteria, modules, quiz }: RenewalPath,
): SnapshotRenewal {
  const { from: _, ...blueprint } = quiz;
  const banks = renewalBanks(course, content.modules);
  return {
    ...{ within, criteria },
    modules: modules.map(part => ({ module: part.module, lessons: lessonsOf(content, part) })),
    quiz: { ...blueprint, from: sharesOf(banks), items: banks.flatMap(({ items }) => items) },
  };
}

function lessonsOf({ modules }: Content, part: RenewalPath['modules'][number]): SnapshotLesson[] {
  const written = modules.find(({ slug }) => slug === part.module)?.lessons ?? [];
  return part.lessons.map(name => {
    const lesson = written.find(each => each.name === name);
    if (!lesson) throw new RangeError(`There is no lesson "${name}" in "${part.module}"`);
    return toLesson(lesson, false);
  });
}

function toFinal(content: Content, course: Course): CourseSnapshot['final'] {
  if (!course.final) return null;
  if (!content.final) throw new RangeError('There is no bank for the final');
  const { scenarios: _, from: __, ...blueprint } = course.final;
  const banks = finalBanks(course, content.modules, content.final.items);
  const from = sharesOf(banks);
  return {
    ...blueprint,
    ...(from.length > 0 ? { from } : {}),
    items: banks.flatMap(({ items }) => items),
    scenarios: finalCases(course.final, content.final),
  };
}

const remediationFor = ({ remediation }: Content, slug: string): SnapshotRemediation[] =>
  remediation.map(({ notes, ...rule }) => ({
    ...rule,
    note: notes.find(({ course }) => course === slug)?.text ?? null,
  }));

function citedFacts(
  facts: Fact[],
  modules: SnapshotModule[],
  final: CourseSnapshot['final'],
  renewal: SnapshotRenewal | undefined,
): Fact[] {
  // The items of a renewal stand in the banks of modules.
  const cited = new Set([
    ...[...modules, ...(renewal?.modules ?? [])].flatMap(({ lessons }) =>
      lessons.flatMap(({ body }) => bodyReferences(body).facts.map(({ name }) => name)),
    ),
    ...[...modules.map(({ quiz }) => quiz), ...(final ? [final] : [])].flatMap(({ items }) =>
      items.flatMap(item => item.facts),
    ),
  ]);
  return facts.filter(({ id }) => cited.has(id));
}
