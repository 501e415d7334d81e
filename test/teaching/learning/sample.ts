import type { PublishedCourse } from '../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule } from '../../../server/teaching/content/snapshot.js';
import type { Translate } from '../../../server/platform/i18n/i18n.js';
import type { Progress } from '../../../server/teaching/learning/completion.js';

interface ModuleWishes {
  readonly group?: 'core' | 'track';
  /** Names of lessons; those that end in `?` are optional. */
  readonly lessons: readonly string[];
  /** Is its quiz practice? */
  readonly practice?: true;
}

/** A course with nothing in it but what completion and its pages look at. Each lesson takes five minutes. */
export function sampleCourse(modules: Record<string, ModuleWishes>, { final = false } = {}): CourseSnapshot {
  const blueprint = { draw: 4, pass: 3, minCritical: 0 };
  return {
    format: 1,
    slug: 'sample',
    title: 'Sample course',
    audience: 'Testers.',
    summary: 'A course.',
    restricted: false,
    validity: { months: 12, snap: 'none' },
    budget: { min: 0, max: 60 },
    criteria: 'Finished.',
    facts: [],
    modules: Object.entries(modules).map(([slug, wishes]) => sampleModule(slug, wishes, blueprint)),
    final: final ? { ...blueprint, draw: 10, items: [], scenarios: [] } : null,
  };
}

export const published = (snapshot: CourseSnapshot): PublishedCourse => ({
  versionId: 'version',
  slug: snapshot.slug,
  number: 1,
  publishedAt: 0,
  snapshot,
});

/** Progress from names: `a/1` is a lesson that was finished, `a` a quiz that was passed, `a?` one that was taken as practice. */
export const progress = (...done: string[]): Progress => ({
  finished: new Set(done.filter(name => name.includes('/'))),
  passed: new Set(done.filter(name => !/[/?]/.test(name))),
  practised: new Set(done.filter(name => name.endsWith('?')).map(name => name.slice(0, -1))),
});

/** Texts by their key and what stands in their blanks: `course.questions {"count":4}`. */
export const byKey: Translate = (key, blanks) => (blanks ? `${key} ${JSON.stringify(blanks)}` : key);

/** The course that the pages of a course are tested with: a module with an optional lesson, one with one lesson, a track and a final. */
export const wholeSample = sampleCourse(
  { a: { lessons: ['1', '2?', '3'] }, b: { lessons: ['1'] }, c: { group: 'track', lessons: ['1'] } },
  { final: true },
);

/** Everything in `wholeSample` but its final. */
export const ALL_BUT_FINAL = ['a/1', 'a/3', 'a', 'b/1', 'b', 'c/1', 'c'] as const;

/** A module of a course, by its place. */
export function moduleAt({ modules }: CourseSnapshot, index: number): SnapshotModule {
  const module = modules[index];
  if (!module) throw new Error(`The sample has no module at ${index}`);
  return module;
}

/** The states of rows, in order. */
export const states = (rows: readonly { state: string }[]): string[] => rows.map(({ state }) => state);

function sampleModule(
  slug: string,
  { group = 'core', lessons, practice }: ModuleWishes,
  blueprint: { draw: number; pass: number; minCritical: number },
): SnapshotModule {
  return {
    slug,
    code: slug.toUpperCase(),
    title: `Module ${slug}`,
    summary: `About ${slug}.`,
    objectives: [],
    reviews: [],
    group,
    depth: 'full',
    quiz: { ...blueprint, items: [], ...(practice ? { practice } : {}) },
    scenario: {
      id: 's',
      title: 's',
      role: 's',
      judgement: 'concern',
      opening: 's',
      start: 'n',
      nodes: [],
      endings: [],
    },
    lessons: lessons.map(name => ({
      name: name.replace('?', ''),
      title: `Lesson ${name.replace('?', '')}`,
      lead: 'Lead.',
      objectives: [],
      facts: [],
      teaches: [],
      minutes: 5,
      seconds: 300,
      optional: name.endsWith('?'),
      summary: [],
      tomorrow: 'Now.',
      checks: [],
      // With its lead and what to do tomorrow 875 words: five minutes to read.
      body: Array(873).fill('word').join(' '),
    })),
  };
}
