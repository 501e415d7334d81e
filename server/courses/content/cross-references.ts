import { bodyFaults, bodyReferences, hotlineTokens } from './lesson-body.js';
import type { LoadedContent, LoadedModule } from './loaded.js';
import { courseFaults } from './course-references.js';
import { graphFaults } from './scenario-graph.js';
import type { Fault, Item, Lesson, Scenario } from './types.js';
import type { Loaded } from './validation.js';
import type { Path } from './yaml-source.js';

/** Everything that one file says about another, and that a schema alone cannot see. */
export function crossFaults(content: LoadedContent): Fault[] {
  const known = index(content);
  return [
    ...content.modules.flatMap(module => moduleFaults(module, known)),
    ...finalFaults(content, known),
    ...content.courses.flatMap(course => courseFaults(course, content)),
    ...repeatedIds(content),
    ...hotlineFaults(content),
  ];
}

/** The names that may be referred to; a set is undefined where its file could not be read. */
type Known = {
  facts: Set<string> | undefined;
  banned: Set<string>;
  objectives: Set<string>;
  lessons: Set<string>;
  unread: Set<string>;
};

function index(content: LoadedContent): Known {
  const facts = content.facts?.value.facts;
  const read = new Set(content.modules.map(module => module.slug));
  return {
    facts: facts && new Set(facts.map(fact => fact.id)),
    banned: new Set(facts?.filter(fact => fact.status === 'do-not-use').map(fact => fact.id)),
    objectives: new Set(content.modules.flatMap(({ module }) => module.value.objectives.map(({ id }) => id))),
    lessons: new Set(
      content.modules.flatMap(({ slug, lessons }) => lessons.map(({ value }) => `${slug}/${value.name}`)),
    ),
    unread: new Set(content.folders.filter(folder => !read.has(folder))),
  };
}

const at = (
  source: Pick<Loaded<unknown>, 'file' | 'lineOf'>,
  path: Path,
  problem: string,
  fix: string,
): Fault => ({
  file: source.file,
  line: source.lineOf(path),
  problem,
  fix,
});

function moduleFaults(loaded: LoadedModule, known: Known): Fault[] {
  const { module, quiz, scenario } = loaded;
  const objectives = new Set(module.value.objectives.map(({ id }) => id));
  const code = module.value.code;
  const prefix = (source: Loaded<unknown>, id: string, path: Path): Fault[] =>
    id.startsWith(`${code}-`)
      ? []
      : [at(source, path, `"${id}" does not begin with ${code}-.`, `Begin it with this module's code.`)];
  return [
    ...module.value.objectives.flatMap(({ id }, o) => prefix(module, id, ['objectives', o, 'id'])),
    ...quiz.value.items.flatMap(({ id }, i) => prefix(quiz, id, ['items', i, 'id'])),
    ...prefix(scenario, scenario.value.id, ['id']),
    ...loaded.lessons.flatMap(lesson => [
      ...lesson.value.checks.flatMap(({ id }, c) => prefix(lesson, id, ['checks', c, 'id'])),
      ...lessonFaults(lesson, objectives, known),
    ]),
    ...itemsFaults(quiz, objectives, known),
    ...scenarioFaults(scenario),
  ];
}

function lessonFaults(lesson: Loaded<Lesson>, objectives: Set<string>, known: Known): Fault[] {
  const { value, file } = lesson;
  const inBody = (line: number, problem: string, fix: string): Fault => ({
    file,
    line: value.bodyLine + line - 1,
    problem,
    fix,
  });
  const found = bodyReferences(value.body);
  const cited = new Set(found.facts.map(({ name }) => name));
  const placed = found.checks.map(({ name }) => name);
  return [
    ...bodyFaults(file, value.body, value.bodyLine),
    ...value.objectives.flatMap((id, o) =>
      objectives.has(id)
        ? []
        : [at(lesson, ['objectives', o], `The objective ${id} does not exist.`, 'Name one of module.yaml.')],
    ),
    ...factFaults(lesson, value.facts, ['facts'], known),
    ...value.facts.flatMap((id, f) =>
      cited.has(id)
        ? []
        : [
            at(
              lesson,
              ['facts', f],
              `${id} is listed but not cited in the text.`,
              `Write [${id}] where it is used, or remove it here.`,
            ),
          ],
    ),
    ...found.facts.flatMap(({ name, line }) =>
      value.facts.includes(name)
        ? []
        : [inBody(line, `${name} is cited but not listed in facts.`, `Add ${name} to the front matter.`)],
    ),
    ...value.checks.flatMap((check, c) => [
      ...keyFaults(lesson, check, [check.key], ['checks', c]),
      ...(placed.filter(id => id === check.id).length === 1
        ? []
        : [
            at(
              lesson,
              ['checks', c, 'id'],
              `${check.id} is not placed exactly once in the text.`,
              `Write {{check ${check.id}}} once, on its own line.`,
            ),
          ]),
    ]),
    ...found.checks.flatMap(({ name, line }) =>
      value.checks.some(check => check.id === name)
        ? []
        : [
            inBody(
              line,
              `The check ${name} is not in the front matter.`,
              'Add it under checks, or remove the line.',
            ),
          ],
    ),
    ...found.tokens.flatMap(({ name, line }) =>
      hotlineTokens.includes(name) ? [] : [inBody(line, `{{${name}}} is not known.`, tokenFix)],
    ),
    ...found.lessons.flatMap(({ name, line }) =>
      known.lessons.has(name) || known.unread.has(name.split('/')[0] ?? '')
        ? []
        : [
            inBody(
              line,
              `The lesson "${name}" does not exist.`,
              'Write the link as lesson:module-name/02-lesson-name.',
            ),
          ],
    ),
    ...tokenFaults(lesson, { ...value, body: '' }, []),
  ];
}

const tokenFix = `Use one of: ${hotlineTokens.map(name => `{{${name}}}`).join(', ')}.`;

function factFaults(source: Loaded<unknown>, ids: string[], path: Path, known: Known): Fault[] {
  return ids.flatMap((id, f) => {
    if (known.banned.has(id))
      return [at(source, [...path, f], `${id} must not be used.`, 'Remove it and what it says.')];
    if (!known.facts || known.facts.has(id)) return [];
    return [
      at(
        source,
        [...path, f],
        `The fact ${id} does not exist.`,
        'Name a fact of facts.yaml, or add it there.',
      ),
    ];
  });
}

type Question = { id: string; options: { id: string }[] };

/** The key names options that exist, each once, and no option id is used twice. */
function keyFaults(source: Loaded<unknown>, question: Question, key: string[], path: Path): Fault[] {
  const ids = question.options.map(option => option.id);
  return [
    ...(new Set(ids).size === ids.length
      ? []
      : [
          at(
            source,
            [...path, 'options'],
            `${question.id} has two options with one id.`,
            'Give each option its own letter.',
          ),
        ]),
    ...(new Set(key).size === key.length
      ? []
      : [at(source, [...path, 'key'], `${question.id} names a key twice.`, 'Name each right option once.')]),
    ...key.flatMap(id =>
      ids.includes(id)
        ? []
        : [
            at(
              source,
              [...path, 'key'],
              `The key "${id}" of ${question.id} is not one of its options.`,
              `Name one of: ${ids.join(', ')}.`,
            ),
          ],
    ),
  ];
}

function itemsFaults(quiz: Loaded<{ items: Item[] }>, objectives: Set<string>, known: Known): Fault[] {
  return quiz.value.items.flatMap((item, i) => [
    ...(objectives.has(item.objective)
      ? []
      : [
          at(
            quiz,
            ['items', i, 'objective'],
            `The objective ${item.objective} does not exist.`,
            'Name one of module.yaml.',
          ),
        ]),
    ...keyFaults(quiz, item, item.key, ['items', i]),
    ...factFaults(quiz, item.facts, ['items', i, 'facts'], known),
    ...multipleFaults(quiz, item, i),
    ...tokenFaults(quiz, item, ['items', i]),
  ]);
}

const counts = new Map([
  [2, 'two'],
  [3, 'three'],
]);

/** A multiple-response item says how many to choose, and has at least two wrong options. */
function multipleFaults(quiz: Loaded<unknown>, item: Item, i: number): Fault[] {
  if (item.type !== 'multiple') return [];
  const word = counts.get(item.key.length);
  return [
    ...(item.options.length - item.key.length >= 2
      ? []
      : [
          at(
            quiz,
            ['items', i, 'options'],
            `${item.id} has fewer than two wrong options.`,
            'Add a wrong option.',
          ),
        ]),
    ...(word && new RegExp(`\\b${word}\\b`, 'i').test(item.stem)
      ? []
      : [
          at(
            quiz,
            ['items', i, 'stem'],
            `${item.id} does not say how many to choose.`,
            `End the stem with "Choose ${word ?? 'two'}."`,
          ),
        ]),
  ];
}

/** Texts outside lesson bodies may hold hotline tokens too, and no other. */
function tokenFaults(source: Loaded<unknown>, value: unknown, path: Path): Fault[] {
  if (typeof value === 'string')
    return [...value.matchAll(/\{\{([^{}]*)\}\}/g)].flatMap(([, name = '']) =>
      hotlineTokens.includes(name) ? [] : [at(source, path, `{{${name}}} is not known.`, tokenFix)],
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    tokenFaults(source, member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function scenarioFaults(scenario: Loaded<Scenario>): Fault[] {
  return [
    ...graphFaults(scenario.value).map(({ path, problem, fix }) => at(scenario, path, problem, fix)),
    ...tokenFaults(scenario, scenario.value, []),
  ];
}

function finalFaults({ final }: LoadedContent, known: Known): Fault[] {
  if (!final) return [];
  return [...itemsFaults(final.quiz, known.objectives, known), ...final.scenarios.flatMap(scenarioFaults)];
}

/** Ids are written into attempts and certificates: one id means one thing in the whole content. */
function repeatedIds(content: LoadedContent): Fault[] {
  const seen = new Map<string, string>();
  const once = (source: Loaded<unknown>, id: string, path: Path): Fault[] => {
    const first = seen.get(id);
    if (first === undefined) return (seen.set(id, `${source.file}:${source.lineOf(path)}`), []);
    return [
      at(source, path, `The id ${id} is used already in ${first}.`, 'Give it an id that was never used.'),
    ];
  };
  const each = <T>(
    source: Loaded<T> | undefined,
    key: string,
    entries: (value: T) => { id: string }[],
  ): Fault[] =>
    source ? entries(source.value).flatMap(({ id }, i) => once(source, id, [key, i, 'id'])) : [];
  return [
    ...content.modules.flatMap(loaded => [
      ...once(loaded.module, `module ${loaded.module.value.code}`, ['code']),
      ...each(loaded.module, 'objectives', value => value.objectives),
      ...each(loaded.quiz, 'items', value => value.items),
      ...loaded.lessons.flatMap(lesson => each(lesson, 'checks', value => value.checks)),
      ...once(loaded.scenario, loaded.scenario.value.id, ['id']),
    ]),
    ...each(content.final?.quiz, 'items', value => value.items),
    ...(content.final?.scenarios.flatMap(scenario => once(scenario, scenario.value.id, ['id'])) ?? []),
    ...each(content.facts, 'facts', value => value.facts),
    ...each(content.glossary, 'terms', value => value.terms),
    ...each(content.seeds, 'seeds', value => value.seeds),
    ...content.courses.flatMap(course => once(course, `course ${course.value.slug}`, ['slug'])),
  ];
}

/** The default country must be there, and ids of lines must be unique: the directory keys on them. */
function hotlineFaults({ hotlines }: LoadedContent): Fault[] {
  if (!hotlines) return [];
  const seen = new Set<string>();
  const repeated = hotlines.value.countries.flatMap((country, c) =>
    [country.code, ...country.lines.map(({ id }) => id)].flatMap(id =>
      seen.has(id)
        ? [at(hotlines, ['countries', c], `"${id}" is used twice.`, 'Give it its own id.')]
        : (seen.add(id), []),
    ),
  );
  const hasDefault = hotlines.value.countries.some(({ code }) => code === 'INT');
  return [
    ...repeated,
    ...(hasDefault
      ? []
      : [
          at(
            hotlines,
            ['countries'],
            'There is no international default.',
            'Add a country with the code INT.',
          ),
        ]),
  ];
}
