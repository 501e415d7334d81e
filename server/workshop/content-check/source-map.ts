import { missingModules } from './courses.js';
import type { CheckInput, Findings } from './findings.js';
import { mergeFindings } from './findings.js';
import { mainPath } from '../../teaching/questions/types/scenario/scenario-graph.js';
import type { Fact, Fault, Hotline, Seed } from '../../teaching/content/schema/types.js';
import { daysAfter, daysLeft } from '../../platform/lib/days.js';

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

/** How long what was looked up counts, and when it is due to be looked up again (days). */
const hotlineDays = { due: 90, most: 180 };
const factDays = { due: 365, before: 60 };

/** Hotlines and facts that must be looked up again, hotlines that nobody answers for, and days of expiry that lie too late. */
function ageFindings({ content, now, lineOf }: CheckInput): Findings {
  const hotlines = content.hotlines.countries.flatMap(({ lines }, c) =>
    lines.map((hotline, l) => {
      const line = lineOf('hotlines.yaml', ['countries', c, 'lines', l]);
      return inFile('hotlines.yaml', line, hotlineFindings(hotline, now));
    }),
  );
  const facts = content.facts.map((fact, f) => {
    const line = lineOf('facts.yaml', ['facts', f]);
    return inFile('facts.yaml', line, { faults: [], warnings: factWarnings(fact, now) });
  });
  return mergeFindings([...hotlines, ...facts]);
}

type Found = Pick<Fault, 'problem' | 'fix'>;

const inFile = (
  file: string,
  line: number,
  { faults, warnings }: { faults: Found[]; warnings: Found[] },
): Findings => ({
  faults: faults.map(each => ({ file, line, ...each })),
  warnings: warnings.map(each => ({ file, line, ...each })),
});

function hotlineFindings(hotline: Hotline, now: number): { faults: Found[]; warnings: Found[] } {
  const { id, phone, url, checkedOn, expires, owner } = hotline;
  const last = checkedOn && daysAfter(checkedOn, hotlineDays.most);
  const isTooLate = Boolean(expires && (!last || expires > last));
  return {
    faults: isTooLate
      ? [
          {
            problem: `${id} expires too late.`,
            fix: `Name a date within ${hotlineDays.most} days of its check.`,
          },
        ]
      : [],
    warnings: [
      ...((phone === null && url === null) || owner !== undefined
        ? []
        : [{ problem: `${id} has no owner.`, fix: 'Write who must check it again.' }]),
      ...hotlineAge(hotline, now),
    ],
  };
}

/** A hotline is due for a check after 90 days, and expires after 180, or on the day that it names. */
function hotlineAge({ id, checkedOn, expires }: Hotline, now: number): Found[] {
  const fix = 'Check the line and write the new date.';
  if (checkedOn === null) return [{ problem: `${id} was never checked, and learners are told so.`, fix }];
  const isOver = daysLeft(expires ?? daysAfter(checkedOn, hotlineDays.most), now) < 0;
  const days = 0 - daysLeft(checkedOn, now);
  if (days <= hotlineDays.due && !isOver) return [];
  return [
    { problem: `${id} was checked ${days} days ago${isOver ? ', so learners do not see it' : ''}.`, fix },
  ];
}

/** A fact is due after a year, or from 60 days before the day that it names. */
function factWarnings({ id, checked, expires }: Fact, now: number): Found[] {
  const fix = 'Look for a newer edition.';
  const days = 0 - daysLeft(checked, now);
  if (expires !== undefined && daysLeft(expires, now) <= factDays.before)
    return [
      {
        problem: `${id} is valid until ${expires}.`,
        fix: 'Look up its source again and write the new date.',
      },
    ];
  return days > factDays.due ? [{ problem: `${id} was checked ${days} days ago.`, fix }] : [];
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
