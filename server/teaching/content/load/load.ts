import { exhibitsSchema } from '../../exhibits/exhibit-schema.js';
import { bankShown, lessonShown, scenarioShown } from './shown.js';
import { cardsSchema } from '../schema/card.js';
import { courseSchema } from '../schema/course.js';
import { crossFaults } from '../references/all.js';
import { listFolder } from './content-files.js';
import type { LoadedBank, LoadedContent, LoadedExhibits, LoadedModule } from './loaded.js';
import { moduleSchema } from '../schema/module.js';
import { packSchema } from '../schema/pack.js';
import { quizSchema } from '../schema/quiz-schema.js';
import { ContentReader } from './reader.js';
import { factsSchema, glossarySchema, hotlinesSchema, seedsSchema } from '../schema/reference.js';
import { gapsSchema, regulationsSchema } from '../schema/regulation.js';
import { remediationSchema } from '../schema/remediation.js';
import { reviewSchema } from '../schema/review.js';
import { scenarioSchema } from '../../questions/types/scenario/scenario-schema.js';
import { lessonName, slug } from '../schema/shapes.js';
import type { Bank, BlindReadings, Content, Course, Fault, Lesson, Module, Pack } from '../schema/types.js';
import type { LoadedFile } from './validation.js';
import type { Path } from './yaml-source.js';

/** The line of the value at `path` in a content file; 1 where the file is not known. */
export type LineOf = (file: string, path: Path) => number;
export type LoadResult = { ok: true; content: Content; lineOf: LineOf } | { ok: false; faults: Fault[] };

/**
 * Reads the whole content folder (`modules/`). Either everything is consistent, or every fault is named with its file, line
 * and remedy; a folder with one fault yields no content at all.
 */
export function loadContent(root: string): LoadResult {
  const reader = new ContentReader(root);
  const loaded = readAll(reader);
  const faults = [...reader.faults, ...crossFaults(loaded)].sort(byPlace);
  const content = faults.length === 0 ? assemble(loaded) : undefined;
  if (!content) return { ok: false, faults };
  return { ok: true, content, lineOf: (file, path) => reader.lines.get(file)?.(path) ?? 1 };
}

const byPlace = (a: Fault, b: Fault): number =>
  a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;

function readAll(reader: ContentReader): LoadedContent {
  const folders = listFolder(reader.root, '.').filter(
    entry => entry.isFolder && !['courses', 'final', 'models', 'regulations'].includes(entry.name),
  );
  return {
    folders: folders.map(folder => folder.name),
    modules: folders.map(folder => readModule(reader, folder.name)).filter(module => module !== undefined),
    courses: readCourses(reader),
    packs: folders.flatMap(folder => readPacks(reader, folder.name)),
    final: readBank(reader, 'final'),
    models: readBank(reader, 'models'),
    facts: reader.yaml(factsSchema, 'facts.yaml'),
    hotlines: reader.yaml(hotlinesSchema, 'hotlines.yaml'),
    glossary: reader.yaml(glossarySchema, 'glossary.yaml'),
    seeds: reader.yaml(seedsSchema, 'seeds.yaml'),
    remediation: readRemediation(reader),
    cards: readCards(reader),
    ...readRegulations(reader),
  };
}

const moduleFiles = ['module.yaml', 'quiz.yaml', 'scenario.yaml', 'review.yaml', 'exhibits.yaml'];

function readModule(reader: ContentReader, name: string): LoadedModule | undefined {
  if (!slug.safeParse(name).success)
    return reader.fault(
      name,
      0,
      'The folder is not named like a module.',
      'Use lower-case words joined by hyphens.',
    );
  for (const entry of listFolder(reader.root, name)) {
    if (entry.isFolder || moduleFiles.includes(entry.name)) continue;
    reader.fault(
      `${name}/${entry.name}`,
      0,
      'This file is not known.',
      `Use ${moduleFiles.join(', ')} and lessons/.`,
    );
  }
  const module = reader.yaml(moduleSchema, `${name}/module.yaml`);
  const lessons = readLessons(reader, name);
  const quiz = reader.yaml(quizSchema, `${name}/quiz.yaml`);
  const scenario = reader.yaml(scenarioSchema, `${name}/scenario.yaml`);
  const review = reader.yaml(reviewSchema, `${name}/review.yaml`);
  const exhibits = readExhibits(reader, name);
  if (!module || !lessons || !quiz || !scenario || !review || exhibits === null) return undefined;
  return { slug: name, module, lessons, quiz, scenario, exhibits, review };
}

/** Undefined where the folder has no such file, null where the file has faults of its own. */
function readExhibits(reader: ContentReader, folder: string): LoadedExhibits | null {
  const isThere = listFolder(reader.root, folder).some(({ name }) => name === 'exhibits.yaml');
  return isThere ? (reader.yaml(exhibitsSchema, `${folder}/exhibits.yaml`) ?? null) : undefined;
}

/** Undefined when any lesson has a fault of its own. */
function readLessons(reader: ContentReader, module: string): LoadedFile<Lesson>[] | undefined {
  const folder = `${module}/lessons`;
  const entries = listFolder(reader.root, folder);
  if (entries.length === 0)
    return reader.fault(folder, 0, 'The module has no lessons.', 'Write lessons/00-essentials.md.');
  const lessons = entries.map(entry => {
    const name = entry.name.replace(/\.md$/, '');
    const file = `${folder}/${entry.name}`;
    if (entry.isFolder || name === entry.name || !lessonName.safeParse(name).success)
      return reader.fault(
        file,
        0,
        'This is not named like a lesson.',
        'Use a name like 02-online-offers.md.',
      );
    return reader.lesson(file, name);
  });
  const read = lessons.filter(lesson => lesson !== undefined);
  return read.length === lessons.length ? read : undefined;
}

function readCourses(reader: ContentReader): LoadedFile<Course>[] {
  const entries = listFolder(reader.root, 'courses');
  return entries
    .map(entry => {
      const file = `courses/${entry.name}`;
      if (!entry.isFolder && entry.name.endsWith('.yaml')) return reader.yaml(courseSchema, file);
      return reader.fault(file, 0, 'This is not a course file.', 'Use a name like volunteers.yaml.');
    })
    .filter(course => course !== undefined);
}

/** Country packs are files beside the lessons of the module whose page they belong to. */
function readPacks(reader: ContentReader, module: string): LoadedFile<Pack>[] {
  return listFolder(reader.root, `${module}/packs`).flatMap(entry => {
    const file = `${module}/packs/${entry.name}`;
    if (entry.isFolder || !entry.name.endsWith('.yaml'))
      return reader.fault(file, 0, 'This is not a country pack.', 'Use a name like ph.yaml.') ?? [];
    const pack = reader.yaml(packSchema, file);
    return pack ? { ...pack, value: { ...pack.value, module } } : [];
  });
}

/** A bank of no module: quiz.yaml, scenarios/*.yaml and, once it was read, review.yaml. Absent until it is written. */
function readBank(reader: ContentReader, folder: 'final' | 'models'): LoadedBank | undefined {
  const entries = listFolder(reader.root, folder);
  if (entries.length === 0) return undefined;
  const quiz = reader.yaml(quizSchema, `${folder}/quiz.yaml`);
  const scenarios = listFolder(reader.root, `${folder}/scenarios`).map(entry =>
    reader.yaml(scenarioSchema, `${folder}/scenarios/${entry.name}`),
  );
  const review = entries.some(({ name }) => name === 'review.yaml')
    ? reader.yaml(reviewSchema, `${folder}/review.yaml`)
    : undefined;
  const read = scenarios.filter(scenario => scenario !== undefined);
  const exhibits = readExhibits(reader, folder);
  if (!quiz || exhibits === null || read.length < scenarios.length) return undefined;
  return { folder, quiz, scenarios: read, exhibits, review };
}

/** What learners work through after missing a rule. Absent until it is written. */
function readRemediation(reader: ContentReader): LoadedContent['remediation'] {
  const isThere = listFolder(reader.root, '.').some(({ name }) => name === 'remediation.yaml');
  return isThere ? reader.yaml(remediationSchema, 'remediation.yaml') : undefined;
}

/** The cards "What do I do?". Absent until they are written. */
function readCards(reader: ContentReader): LoadedContent['cards'] {
  const isThere = listFolder(reader.root, '.').some(({ name }) => name === 'cards.yaml');
  return isThere ? reader.yaml(cardsSchema, 'cards.yaml') : undefined;
}

/** The map of rules: a file for each subject, and one of gaps. Absent until it is written. */
function readRegulations(reader: ContentReader): Pick<LoadedContent, 'regulations' | 'gaps'> {
  const names = listFolder(reader.root, 'regulations').map(({ name }) => name);
  return {
    regulations: names
      .filter(name => name !== 'gaps.yaml')
      .map(name => reader.yaml(regulationsSchema, `regulations/${name}`))
      .filter(file => file !== undefined),
    gaps: names.includes('gaps.yaml') ? reader.yaml(gapsSchema, 'regulations/gaps.yaml') : undefined,
  };
}

/** Undefined only where a reference file is absent, which is a fault already. */
function assemble(loaded: LoadedContent): Content | undefined {
  const { facts, hotlines, glossary, seeds, final, models } = loaded;
  if (!facts || !hotlines || !glossary || !seeds) return undefined;
  return {
    courses: loaded.courses.map(course => course.value),
    modules: loaded.modules.map(toModule).sort((a, b) => (a.code < b.code ? -1 : 1)),
    final: final ? toBank(final) : null,
    models: models ? toBank(models) : null,
    facts: facts.value.facts,
    hotlines: hotlines.value,
    ...glossaryParts(glossary.value),
    seeds: seeds.value.seeds,
    packs: loaded.packs.map(pack => pack.value),
    remediation: loaded.remediation?.value.rules ?? [],
    cards: loaded.cards?.value.cards ?? [],
    regulations: {
      rules: loaded.regulations.flatMap(({ file, value }) =>
        value.rules.map(rule => ({ ...rule, subject: file.replace(/^regulations\/|\.yaml$/g, '') })),
      ),
      gaps: loaded.gaps?.value.gaps ?? [],
    },
  };
}

const glossaryParts = ({
  terms,
  ...language
}: NonNullable<LoadedContent['glossary']>['value']): Pick<Content, 'glossary' | 'language'> => ({
  glossary: terms,
  language,
});

function toModule(loaded: LoadedModule): Module {
  const exhibits = loaded.exhibits?.value.exhibits ?? [];
  return {
    ...loaded.module.value,
    slug: loaded.slug,
    lessons: loaded.lessons.map(({ value }) => lessonShown(value, exhibits)),
    ...bankShown(loaded.quiz.value, exhibits),
    scenario: scenarioShown(loaded.scenario.value, exhibits),
    exhibits,
    reviews: loaded.review.value.reviews,
    blind: blindIn(loaded.review),
  };
}

function toBank(loaded: LoadedBank): Bank {
  const exhibits = loaded.exhibits?.value.exhibits ?? [];
  return {
    ...bankShown(loaded.quiz.value, exhibits),
    scenarios: loaded.scenarios.map(({ value }) => scenarioShown(value, exhibits)),
    exhibits,
    blind: blindIn(loaded.review),
  };
}

const blindIn = (review: LoadedModule['review'] | undefined): BlindReadings => ({
  readers: review?.value.readers ?? [],
  readings: review?.value.readings ?? [],
});
