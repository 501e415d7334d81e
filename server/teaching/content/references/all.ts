import { cardFaults } from './card-references.js';
import { caseShownFaults, exhibitFileFaults, exhibitsIn, itemShownFaults } from './exhibit-references.js';
import { courseFaults } from './course-references.js';
import type { KnownIds } from './known.js';
import { at, knownIds } from './known.js';
import { lessonFaults } from './lesson.js';
import type { LoadedBank, LoadedContent, LoadedModule } from '../load/loaded.js';
import { packFaults } from './pack-references.js';
import { itemsFaults, sceneFaults, tokenFaults } from './question.js';
import { policyFaults } from './policy-references.js';
import { readingFaults } from './review-references.js';
import { renewalFaults } from './renewal-references.js';
import { regulationFaults } from './regulation-references.js';
import { remediationFaults } from './remediation-references.js';
import { repeatedIds } from './repeated-ids.js';
import { scoredUnheardFaults, switchFaults } from './unheard-references.js';
import type { Fault } from '../schema/types.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** Faults between files, which a schema alone cannot see. */
export function crossFaults(content: LoadedContent): Fault[] {
  const known = knownIds(content);
  return [
    ...content.modules.flatMap(module => moduleFaults(module, known)),
    ...bankFaults(content.final, known),
    ...bankFaults(content.models, known),
    ...content.courses.flatMap(course => [
      ...courseFaults(course, content),
      ...renewalFaults(course, content),
      ...policyFaults(course),
    ]),
    ...remediationFaults(content, known),
    ...cardFaults(content, known),
    ...regulationFaults(content, known),
    ...content.packs.flatMap(pack => packFaults(pack, content, known)),
    ...repeatedIds(content),
    ...hotlineFaults(content),
  ];
}

function moduleFaults(loaded: LoadedModule, known: KnownIds): Fault[] {
  const { module, quiz, scenario } = loaded;
  const objectives = new Set(module.value.objectives.map(({ id }) => id));
  const code = module.value.code;
  const exhibits = exhibitsIn(loaded.exhibits);
  const prefix = (source: LoadedFile<unknown>, id: string, path: Path): Fault[] =>
    id.startsWith(`${code}-`)
      ? []
      : [at(source, path, `"${id}" does not begin with ${code}-.`, `Begin it with this module's code.`)];
  return [
    ...module.value.objectives.flatMap(({ id }, o) => prefix(module, id, ['objectives', o, 'id'])),
    ...quiz.value.items.flatMap(({ id }, i) => prefix(quiz, id, ['items', i, 'id'])),
    ...prefix(scenario, scenario.value.id, ['id']),
    ...loaded.lessons.flatMap(lesson => [
      ...lesson.value.checks.flatMap(({ id }, c) => prefix(lesson, id, ['checks', c, 'id'])),
      ...(lesson.value.decisions ?? []).flatMap(({ id }, d) => prefix(lesson, id, ['decisions', d, 'id'])),
      ...(lesson.value.sorts ?? []).flatMap(({ id }, s) => prefix(lesson, id, ['sorts', s, 'id'])),
      ...lessonFaults(lesson, { objectives, exhibits }, known),
    ]),
    ...itemsFaults(quiz, objectives, known),
    ...readingFaults(loaded.review, quiz.value.items),
    ...shownFaultsIn({ quiz, scenarios: [scenario], exhibits: loaded.exhibits }),
    ...tokenFaults(scenario, scenario.value, []),
    ...switchFaults(loaded),
    ...(scenario.value.objective === undefined || objectives.has(scenario.value.objective)
      ? []
      : [objectiveFault(scenario, `one of ${module.value.code}`)]),
  ];
}

function bankFaults(bank: LoadedBank | undefined, known: KnownIds): Fault[] {
  if (!bank) return [];
  return [
    ...itemsFaults(bank.quiz, known.objectives, known),
    ...(bank.review ? readingFaults(bank.review, bank.quiz.value.items) : []),
    ...shownFaultsIn(bank),
    ...bank.scenarios.flatMap(scenario => [
      ...nameFaults(scenario, bank.folder),
      ...tokenFaults(scenario, scenario.value, []),
      ...sceneFaults(scenario, scenario.value, []),
      ...scoredUnheardFaults(scenario),
      ...(known.objectives.has(scenario.value.objective ?? '')
        ? []
        : [objectiveFault(scenario, 'one that a module teaches')]),
    ]),
  ];
}

type Showing = Pick<LoadedBank, 'quiz' | 'scenarios' | 'exhibits'>;

/** The exhibits of a folder, and what its items and cases show of them. */
function shownFaultsIn({ quiz, scenarios, exhibits }: Showing): Fault[] {
  const known = exhibitsIn(exhibits);
  return [
    ...exhibitFileFaults(exhibits),
    ...quiz.value.items.flatMap((item, i) => itemShownFaults(quiz, item, ['items', i], known)),
    ...scenarios.flatMap(scenario => caseShownFaults(scenario, known)),
  ];
}

const objectiveFault = (scenario: LoadedFile<Scenario>, wanted: string): Fault =>
  at(
    scenario,
    [scenario.value.objective === undefined ? 'id' : 'objective'],
    scenario.value.objective === undefined
      ? `The case ${scenario.value.id} does not name its objective.`
      : `The objective "${scenario.value.objective}" does not belong to this case.`,
    `Name ${wanted}, like objective: M7-O3.`,
  );

const nameFaults = (scenario: LoadedFile<Scenario>, folder: string): Fault[] =>
  scenario.file === `${folder}/scenarios/${scenario.value.id}.yaml`
    ? []
    : [at(scenario, ['id'], `The id "${scenario.value.id}" is not the file's name.`, 'Make them the same.')];

/** The default country must exist, and ids of hotlines must be unique: the directory uses them as keys. */
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
