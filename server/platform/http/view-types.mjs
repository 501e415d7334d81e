// Makes TypeScript of the templates, for the compiler alone: `dist/views/values.ts` holds what each template takes, as the
// comment at its head declares it, and `dist/views/checks/` each body as a function of these values. `tsc` then finds a value
// that is misspelt or missing, in routes (`show`) and in templates (`it.include`). The program runs without it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ENDING = '.ejs';
/** What a template is comes first; `it: {…}` at the beginning of a line, and all that follows, is the type of its values. */
const HEAD = /^<%#([\s\S]*?)-?%>/;
const VALUES = /^it: ([\s\S]*)$/m;
const NOTHING = 'Record<never, never>';

/** The type that a template's head declares; of one that takes nothing, an empty one. */
export function declaredValues(text) {
  const head = HEAD.exec(text)?.[1] ?? '';
  return VALUES.exec(head)?.[1]?.trim() ?? NOTHING;
}

/**
 * The body of a template as statements, on the same lines: a text between tags says nothing to the compiler, and `out(…)`
 * stands for what is printed.
 */
export function statements(text) {
  const lines = part => part.replace(/[^\n]/g, '');
  let code = '';
  let at = 0;
  for (const tag of text.matchAll(/<%([#_=-]?)([\s\S]*?)[-_]?%>/g)) {
    const [whole, kind, inner] = tag;
    code += lines(text.slice(at, tag.index));
    if (kind === '#') code += lines(whole);
    else code += kind === '=' || kind === '-' ? `;out(${inner});` : inner;
    at = tag.index + whole.length;
  }
  return code + lines(text.slice(at));
}

/** Writes the types of all templates below `root/views` into `root/dist/views`. */
export function writeViewTypes(root) {
  const views = join(root, 'views');
  const to = join(root, 'dist', 'views');
  const names = readdirSync(views, { recursive: true })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith(ENDING))
    .map(path => path.slice(0, -ENDING.length))
    .sort();
  const textOf = name => readFileSync(join(views, name + ENDING), 'utf8');
  rmSync(to, { recursive: true, force: true });
  write(join(to, 'values.ts'), values(names.map(name => [name, declaredValues(textOf(name))])));
  for (const name of names) {
    const file = join(to, 'checks', `${name}.js`);
    write(file, `${opening(name, file, root)}${statements(textOf(name))}\n};\n`);
  }
}

const values =
  declared => `/** What each template takes. Made by server/platform/http/view-types.mjs from the heads of the templates. */
import type { AsGiven } from '../../server/platform/http/views.js';
import type { OwnView } from '../../server/platform/lib/own-view.js';

interface Declared {
${declared.map(([name, type]) => `  '${name}': ${type};`).join('\n')}
}
export type ViewValues = { [Name in keyof Declared]: AsGiven<Declared[Name]> };
type View<Name extends keyof Declared> = Declared[Name];
`;

/** On one line, so that the compiler's line numbers are those of the template. */
function opening(name, file, root) {
  const from = path => relative(dirname(file), join(root, path)).replaceAll('\\', '/');
  const views = from('server/platform/http/views.js');
  const lib = from('server/platform/lib/own-view.js');
  return `/** @typedef {import('${lib}').OwnView} OwnView *//** @param {import('${views}').Given<'${name}'>} it @param {(text: import('${views}').Printable) => void} out */ export const view = (it, out) => {`;
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
