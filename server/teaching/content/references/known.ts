import type { LoadedContent } from '../load/loaded.js';
import type { Fault } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** The ids that content may refer to; a set is undefined where its file could not be read. */
export type KnownIds = {
  facts: Set<string> | undefined;
  banned: Set<string>;
  objectives: Set<string>;
  lessons: Set<string>;
  /** Of the banks of modules and of the finals. */
  items: Set<string>;
  unread: Set<string>;
};

/** Collects the ids of everything that could be read. */
export function knownIds(content: LoadedContent): KnownIds {
  const facts = content.facts?.value.facts;
  const read = new Set(content.modules.map(module => module.slug));
  return {
    facts: facts && new Set(facts.map(fact => fact.id)),
    banned: new Set(facts?.filter(fact => fact.status === 'do-not-use').map(fact => fact.id)),
    objectives: new Set(content.modules.flatMap(({ module }) => module.value.objectives.map(({ id }) => id))),
    lessons: new Set(
      content.modules.flatMap(({ slug, lessons }) => lessons.map(({ value }) => `${slug}/${value.name}`)),
    ),
    items: new Set(
      [...content.modules, ...(content.final ? [content.final] : [])].flatMap(({ quiz }) =>
        quiz.value.items.map(({ id }) => id),
      ),
    ),
    unread: new Set(content.folders.filter(folder => !read.has(folder))),
  };
}

/** A fault at a path of a loaded file. */
export const at = (
  source: Pick<LoadedFile<unknown>, 'file' | 'lineOf'>,
  path: Path,
  problem: string,
  fix: string,
): Fault => ({
  file: source.file,
  line: source.lineOf(path),
  problem,
  fix,
});
