import { withExhibit, type Exhibiting } from '../../exhibits/exhibit-parts.js';
import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import { fixOf } from '../../questions/item-faults.js';
import type { Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import type { LoadedExhibits } from '../load/loaded.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';
import type { Fault } from '../schema/types.js';
import { at } from './known.js';
import { tokenFaults } from './question.js';

/** The exhibits that a folder's files may name. */
export const exhibitsIn = (source: LoadedExhibits): readonly Exhibit[] => source?.value.exhibits ?? [];

/** In a file of exhibits each has a name of its own. */
export function exhibitFileFaults(source: LoadedExhibits): Fault[] {
  if (!source) return [];
  const names = exhibitsIn(source).map(({ id }) => id);
  return [
    ...names.flatMap((name, e) => {
      if (name === undefined)
        return [at(source, ['exhibits', e], 'This exhibit has no name.', 'Write id: and a short name.')];
      if (names.indexOf(name) === e) return [];
      return [at(source, ['exhibits', e, 'id'], `Two exhibits are called "${name}".`, 'Rename one.')];
    }),
    ...tokenFaults(source, source.value, []),
  ];
}

/** Drawings to choose from or to compare: a question would give itself away, and no part of them can be marked. */
const FOR_LESSONS: readonly Exhibit['kind'][] = ['stations', 'talks'];

/** What an item or a case shows by name is in the file of exhibits; what it holds itself has no name. Neither is for lessons alone. */
function shownFaults(
  source: LoadedFile<unknown>,
  { exhibit }: Exhibiting,
  path: Path,
  known: readonly Exhibit[],
): Fault[] {
  if (exhibit === undefined) return [];
  const faultsOf = (shown: Exhibit) =>
    FOR_LESSONS.includes(shown.kind) ? [at(source, path, ...lessonsAlone(shown))] : [];
  if (typeof exhibit === 'string') {
    const named = known.find(({ id }) => id === exhibit);
    return named ? faultsOf(named) : [at(source, path, ...unknownExhibit(exhibit, known))];
  }
  const { id } = exhibit;
  return [
    ...faultsOf(exhibit),
    ...(id === undefined ? [] : [at(source, [...path, 'id'], ...namedInPlace(id))]),
  ];
}

const lessonsAlone = ({ kind }: Exhibit): [string, string] => [
  `An exhibit of the kind "${kind}" is shown here, and only lessons may show one.`,
  'Place it in a lesson, or write another kind.',
];

const namedInPlace = (id: string): [string, string] => [
  `The exhibit "${id}" is shown here in full, where nothing refers to it.`,
  'Remove its id, or move it to exhibits.yaml and write its name.',
];

/** The problem and the remedy. */
export function unknownExhibit(name: string, known: readonly Exhibit[]): [string, string] {
  const names = known.flatMap(({ id }) => id ?? []);
  const fix =
    names.length > 0 ? `Name one of: ${names.join(', ')}.` : 'Write it in exhibits.yaml beside this file.';
  return [`There is no exhibit "${name}".`, fix];
}

export const caseShownFaults = (source: LoadedFile<Scenario>, known: readonly Exhibit[]): Fault[] =>
  source.value.nodes.flatMap((node, n) => shownFaults(source, node, ['nodes', n, 'exhibit'], known));

/** The exhibit of an item is there, and the item keeps the rules of its type together with it. */
export function itemShownFaults(
  source: LoadedFile<unknown>,
  item: Item,
  path: Path,
  known: readonly Exhibit[],
): Fault[] {
  const faults = shownFaults(source, item, [...path, 'exhibit'], known);
  const whole = withExhibit(item, known);
  if (faults.length > 0 || whole === item) return faults;
  const parsed = questionTypes.of(item).itemSchema.safeParse(whole);
  return (parsed.error?.issues ?? []).map(issue =>
    at(
      source,
      [...path, ...issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))],
      issue.message,
      fixOf(issue) ?? 'Mend the item or its exhibit.',
    ),
  );
}
