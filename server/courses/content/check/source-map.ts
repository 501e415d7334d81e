import { missingModules } from './courses.js';
import type { CheckInput, Findings } from './findings.js';
import { mergeFindings } from './findings.js';
import { mainPath } from '../../../questions/types/scenario/scenario-graph.js';
import type { Fault, Seed } from '../schema/types.js';

const dayLength = 24 * 60 * 60 * 1000;

/** The map of the source text, the age of facts and hotlines, the length of cases, and modules that no course uses. */
export function checkReferences(input: CheckInput): Findings {
  return mergeFindings([
    ...input.content.seeds.map((seed, s) => seedFindings(seed, s, input)),
    ageFindings(input),
    moduleFindings(input),
  ]);
}

/** Each point is taught by a lesson and tested by an item. While one of its modules is missing, that is a warning. */
function seedFindings(seed: Seed, s: number, input: CheckInput): Findings {
  const { modules } = input.content;
  const line = input.lineOf('seeds.yaml', ['seeds', s]);
  const found: Fault[] = [];
  const add = (problem: string, fix: string): void =>
    void found.push({ file: 'seeds.yaml', line, problem, fix });
  if (!modules.some(({ lessons }) => lessons.some(({ teaches }) => teaches.includes(seed.id))))
    add(
      `${seed.id} is taught in no lesson.`,
      `Teach it in ${seed.taughtIn.join(' or ')} and list it under teaches.`,
    );
  const tested = new Set(modules.flatMap(({ items }) => items.map(({ objective }) => objective)));
  if (seed.testedBy.length === 0 && seed.note === undefined)
    add(`${seed.id} is not tested and does not say why.`, 'Name objectives in testedBy, or write a note.');
  if (seed.testedBy.length > 0 && !seed.testedBy.some(id => tested.has(id)))
    add(`${seed.id} is tested by no item.`, `Write items for ${seed.testedBy.join(' or ')}.`);
  const missing = missingModules(input);
  return seed.taughtIn.some(slug => missing.includes(slug))
    ? { faults: [], warnings: found }
    : { faults: found, warnings: [] };
}

/** A hotline is due for a check after 90 days and hidden after 180; a fact is due after a year. */
function ageFindings({ content, now, lineOf }: CheckInput): Findings {
  const age = (date: string): number => Math.floor((now - Date.parse(date)) / dayLength);
  const lines = content.hotlines.countries.flatMap((country, c) =>
    country.lines.flatMap(({ id, checkedOn }, l) => {
      const days = checkedOn === null ? null : age(checkedOn);
      if (days !== null && days <= 90) return [];
      const problem =
        days === null
          ? `${id} was never checked; learners are told so.`
          : `${id} was checked ${days} days ago${days > 180 ? '; it is hidden from learners' : ''}.`;
      return [
        {
          file: 'hotlines.yaml',
          line: lineOf('hotlines.yaml', ['countries', c, 'lines', l]),
          problem,
          fix: 'Check the line and write the new date.',
        },
      ];
    }),
  );
  const facts = content.facts.flatMap(({ id, checked }, f) =>
    age(checked) <= 365
      ? []
      : [
          {
            file: 'facts.yaml',
            line: lineOf('facts.yaml', ['facts', f]),
            problem: `${id} was checked ${age(checked)} days ago.`,
            fix: 'Look for a newer edition.',
          },
        ],
  );
  return { faults: [], warnings: [...lines, ...facts] };
}

function moduleFindings({ content, lineOf }: CheckInput): Findings {
  const used = new Set(content.courses.flatMap(({ modules }) => modules.map(({ module }) => module)));
  const warnings = content.modules.flatMap(({ slug, scenario }) => {
    const steps = mainPath(scenario).length;
    const file = `${slug}/scenario.yaml`;
    return [
      ...(used.has(slug)
        ? []
        : [
            {
              file: `${slug}/module.yaml`,
              line: 1,
              problem: 'No course uses this module.',
              fix: 'List it in a course.',
            },
          ]),
      ...(steps >= 3 && steps <= 5
        ? []
        : [
            {
              file,
              line: lineOf(file, ['nodes']),
              problem: `The main path has ${steps} decisions.`,
              fix: 'Make it three to five.',
            },
          ]),
    ];
  });
  return { faults: [], warnings };
}
