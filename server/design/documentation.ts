import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../config.js';

/** A parameter of a component: one or more names that belong together, and what they mean. */
export interface Parameter {
  readonly names: readonly string[];
  readonly about: string;
}

/** A component, as the comment at its top describes it. */
export interface Documentation {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly Parameter[];
  /** The template below the comment. */
  readonly template: string;
}

const FOLDER = join(projectRoot, 'views/components');
const HEAD = /^<%#\s*([\s\S]*?)\s*-%>\n/;
/** `· href: where it leads`, `· name, value: sent with the form`, or only `· text`. */
const PARAMETER = /^(\w+(?:, \w+)*)(?:: ([\s\S]*))?$/;

/** All components in `views/components`, by name. Throws where the comment of one cannot be read. */
export function documentation(): Map<string, Documentation> {
  const files = readdirSync(FOLDER).sort();
  return new Map(
    files.map(file => {
      const name = file.replace(/\.ejs$/, '');
      return [name, describe(name, readFileSync(join(FOLDER, file), 'utf8'))];
    }),
  );
}

export function describe(name: string, text: string): Documentation {
  const head = HEAD.exec(text);
  if (!head) throw new Error(`The part "${name}" says nothing of itself`);
  const [about = '', ...parameters] = (head[1] ?? '').split(/\n\s*· /).map(part => part.replace(/\s+/g, ' '));
  return {
    name,
    about,
    parameters: parameters.map(parameter => {
      const [, names, meaning] = PARAMETER.exec(parameter) ?? [];
      if (!names) throw new Error(`The part "${name}" describes "${parameter}" without a name`);
      return { names: names.split(', '), about: meaning ?? '' };
    }),
    template: text.slice(head[0].length),
  };
}
