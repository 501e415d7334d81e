import { at } from './known.js';
import type { LoadedContent } from '../load/loaded.js';
import type { Fault } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** Ids are written into attempts and certificates: one id means one thing in the whole content. */
export function repeatedIds(content: LoadedContent): Fault[] {
  const seen = new Map<string, string>();
  const once = (source: LoadedFile<unknown>, id: string, path: Path): Fault[] => {
    const first = seen.get(id);
    if (first === undefined) return (seen.set(id, `${source.file}:${source.lineOf(path)}`), []);
    return [
      at(source, path, `The id ${id} is already used in ${first}.`, 'Give it an id that was never used.'),
    ];
  };
  const each = <T>(
    source: LoadedFile<T> | undefined,
    key: string,
    entries: (value: T) => { id: string }[],
  ): Fault[] =>
    source ? entries(source.value).flatMap(({ id }, i) => once(source, id, [key, i, 'id'])) : [];
  return [
    ...content.modules.flatMap(loaded => [
      ...once(loaded.module, `module ${loaded.module.value.code}`, ['code']),
      ...each(loaded.module, 'objectives', value => value.objectives),
      ...each(loaded.quiz, 'items', value => value.items),
      ...loaded.lessons.flatMap(lesson => [
        ...each(lesson, 'checks', value => value.checks),
        ...each(lesson, 'decisions', value => value.decisions ?? []),
        ...each(lesson, 'sorts', value => value.sorts ?? []),
      ]),
      ...once(loaded.scenario, loaded.scenario.value.id, ['id']),
    ]),
    ...[content.final, content.models].flatMap(bank => [
      ...each(bank?.quiz, 'items', value => value.items),
      ...(bank?.scenarios.flatMap(scenario => once(scenario, scenario.value.id, ['id'])) ?? []),
    ]),
    ...(content.remediation?.value.rules ?? []).flatMap(({ items }, r) =>
      items.flatMap(({ id }, i) =>
        content.remediation ? once(content.remediation, id, ['rules', r, 'items', i, 'id']) : [],
      ),
    ),
    ...each(content.facts, 'facts', value => value.facts),
    ...each(content.glossary, 'terms', value => value.terms),
    ...each(content.seeds, 'seeds', value => value.seeds),
    ...content.packs.flatMap(pack => once(pack, `pack ${pack.value.code}`, ['code'])),
    ...content.courses.flatMap(course => once(course, `course ${course.value.slug}`, ['slug'])),
  ];
}
