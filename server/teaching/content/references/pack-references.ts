import type { KnownIds } from './known.js';
import { at } from './known.js';
import type { LoadedContent } from '../load/loaded.js';
import { statementsOf } from '../pack-answers.js';
import { factFaults } from './question.js';
import type { Fault, Pack, Statement } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** A pack has the name of its country, and every statement in it leads to something that a reader can look up. */
export function packFaults(pack: LoadedFile<Pack>, content: LoadedContent, known: KnownIds): Fault[] {
  const { value } = pack;
  const ids = value.sources.map(({ id }) => id);
  const cited = new Set(statementsOf(value).flatMap(({ statement }) => statement.sources));
  return [
    ...nameFaults(pack),
    ...hotlineFaults(pack, content),
    ...statementsOf(value).flatMap(({ path, statement }) => [
      ...citationFaults(pack, statement, path),
      ...factFaults(pack, statement.facts, [...path, 'facts'], known),
      ...statement.sources.flatMap((id, s) =>
        ids.includes(id)
          ? []
          : [
              at(
                pack,
                [...path, 'sources', s],
                `The source "${id}" is not in this pack.`,
                'Add it under sources.',
              ),
            ],
      ),
    ]),
    ...ids.flatMap((id, s) => [
      ...(ids.indexOf(id) < s
        ? [at(pack, ['sources', s, 'id'], `The source "${id}" is listed twice.`, 'Give it its own id.')]
        : []),
      ...(cited.has(id)
        ? []
        : [
            at(
              pack,
              ['sources', s, 'id'],
              `The source "${id}" is not cited.`,
              'Cite it in a statement, or remove it.',
            ),
          ]),
    ]),
  ];
}

const nameFaults = (pack: LoadedFile<Pack>): Fault[] =>
  pack.file.endsWith(`/${pack.value.code}.yaml`)
    ? []
    : [at(pack, ['code'], `The code "${pack.value.code}" is not the file's name.`, 'Make them the same.')];

function citationFaults(
  pack: LoadedFile<Pack>,
  { facts, sources, confirmed }: Statement,
  path: Path,
): Fault[] {
  if (!confirmed || facts.length + sources.length > 0) return [];
  return [
    at(
      pack,
      path,
      'The statement does not cite anything.',
      'Name a fact or a source, or write confirmed: false.',
    ),
  ];
}

/** Numbers come from the directory: it must hold the pack's country, and each hotline that the pack names. */
function hotlineFaults(pack: LoadedFile<Pack>, { hotlines }: LoadedContent): Fault[] {
  if (!hotlines) return [];
  const { countries } = hotlines.value;
  const country = pack.value.code.toUpperCase();
  const lines = new Set(countries.flatMap(({ lines }) => lines.map(({ id }) => id)));
  return [
    ...(countries.some(({ code }) => code === country)
      ? []
      : [at(pack, ['code'], `The country ${country} is not in hotlines.yaml.`, 'Add it there.')]),
    ...pack.value.hotlines.flatMap((id, h) =>
      lines.has(id)
        ? []
        : [
            at(
              pack,
              ['hotlines', h],
              `The line "${id}" does not exist.`,
              'Name a line of hotlines.yaml, or add it there.',
            ),
          ],
    ),
  ];
}
