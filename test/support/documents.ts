import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../server/config.js';

/** A document: its path from the root of the project, and its text. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** What exists for a document to name. */
export interface Known {
  readonly scripts: readonly string[];
  readonly settings: readonly string[];
  /** What the command line prints about its commands. */
  readonly usage: string;
  readonly isFile: (path: string) => boolean;
  /** The text of another document; null where there is none. */
  readonly read: (path: string) => string | null;
  /** Whether the source defines a constant of this name. */
  readonly isConstant: (name: string) => boolean;
}

const ROOTS = /^(?:server|views|modules|migrations|test|docs|deploy|\.ci)\//;

/** Every document for people outside the source, but not those of content and fonts. */
export function documents(): Document[] {
  const below = (folder: string) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.md'))
      .map(name => `${folder}/${name.replaceAll('\\', '/')}`);
  const top = readdirSync(projectRoot).filter(name => name.endsWith('.md'));
  return [...top, ...below('docs'), ...below('deploy')]
    .sort()
    .map(path => ({ path, text: textOf(path) ?? '' }));
}

/** A file of the project as text; null where it does not exist. */
export const textOf = (path: string): string | null =>
  existsSync(join(projectRoot, path)) ? readFileSync(join(projectRoot, path), 'utf8') : null;

/** Everything that a document names and that does not exist, one line each. */
export function faultsOf(document: Document, known: Known): string[] {
  const faults = [
    ...lostLinks(document, known),
    ...pathsIn(document.text)
      .filter(path => !known.isFile(path))
      .map(path => `names ${path}, which does not exist`),
    ...scriptsIn(document.text)
      .filter(name => !known.scripts.includes(name))
      .map(name => `names npm run ${name}, which is no script`),
    ...commandsIn(document.text).flatMap(command => unknownIn(command, known.usage)),
    ...constantsIn(document.text)
      .filter(name => !known.settings.includes(name) && !known.isConstant(name))
      .map(name => `names ${name}, which is neither a setting nor a constant`),
  ];
  return faults.map(fault => `${document.path} ${fault}`);
}

/** The targets of a document's links within the project, as paths from its root. */
export const linksOf = ({ path, text }: Document): string[] =>
  targetsIn(text)
    .filter(target => !target.startsWith('#'))
    .map(target => join(dirname(path), target.replace(/#.*/, '')));

function lostLinks({ path, text }: Document, known: Known): string[] {
  return targetsIn(text).flatMap(target => {
    const [file = '', anchor] = target.split('#');
    const to = join(dirname(path), file);
    if (file !== '' && !known.isFile(to)) return [`links to ${to}, which does not exist`];
    if (anchor === undefined) return [];
    const linked = file === '' ? text : (known.read(to) ?? '');
    return anchorsIn(linked).includes(anchor) ? [] : [`links to ${target}, a heading that does not exist`];
  });
}

const targetsIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter(to => !/^[a-z]+:/.test(to));

const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

/** What is set as code, in a line or as a block. */
const codeIn = (text: string): string[] => [
  ...[...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, code = '']) => code),
  ...[...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
];

/** Paths of files and folders; one with a place to fill in (`<name>`) is none. */
const pathsIn = (text: string): string[] =>
  codeIn(text)
    .flatMap(code => code.split(/\s+/))
    .filter(word => ROOTS.test(word) && !/[<…*]/.test(word))
    .map(word => word.replace(/[.,;:]$/, ''));

const scriptsIn = (text: string): string[] => [
  ...[...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/`npm (start|test)\b/g)].map(([, name = '']) => name),
];

const commandsIn = (text: string): string[] =>
  [...text.matchAll(/npm run cli -- ([^`\n]+)/g)].map(([, command = '']) => command.trim());

/** The words and options of a command that the usage does not have. */
function unknownIn(command: string, usage: string): string[] {
  const [name = '', ...rest] = command.split(/\s+/);
  const lines = usageOf(name, usage);
  if (lines === '') return [`names the command ${name}, which does not exist`];
  const said = lines.split(/[^\w-]+/);
  const words = rest.filter((word, at) => /^--/.test(word) || (at === 0 && /^[a-z][a-z-]*$/.test(word)));
  return words
    .filter(word => !said.includes(word))
    .map(word => `names ${word} of the command ${name}, which does not exist`);
}

/** All lines of the usage about a command, with what goes on below them. */
function usageOf(name: string, usage: string): string {
  let isMeant = false;
  return usage
    .split('\n')
    .filter(line => {
      const [, begins] = /^ {2}(\S+)/.exec(line) ?? [];
      if (begins !== undefined) isMeant = begins === name;
      return isMeant;
    })
    .join('\n');
}

/** Names in capitals with a line between their words, as settings and constants have them. */
const constantsIn = (text: string): string[] =>
  codeIn(text).flatMap(code => code.match(/(?<![\w/.-])[A-Z]+(?:_[A-Z]+)+(?![\w/.])/g) ?? []);
