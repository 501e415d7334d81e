import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paragraphs } from './paragraphs.js';

/** A text that only developers and operators read. */
export interface RepositoryText {
  readonly body: 'documents' | 'comments' | 'titles';
  readonly file: string;
  readonly text: string;
}

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'modules/WRITING.md'];

/** Documents, comments of programs and templates, and titles of tests. `root` is the folder of the repository. */
export function repositoryTexts(root: string): RepositoryText[] {
  const below = (folder: string, ending: RegExp): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => ending.test(name))
      .map(name => join(folder, name));
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const textsOf = (
    body: RepositoryText['body'],
    files: readonly string[],
    find: (source: string) => string[],
  ): RepositoryText[] => files.flatMap(file => find(read(file)).map(text => ({ body, file, text })));
  const code = ['server', 'test'].flatMap(folder => below(folder, /\.ts$/));
  return [
    ...textsOf('documents', [...DOCUMENTS, ...below('docs', /\.md$/)], paragraphs),
    ...textsOf('comments', code, comments),
    ...textsOf('comments', below('views', /\.ejs$/), templateComments),
    ...textsOf(
      'titles',
      code.filter(file => file.endsWith('.test.ts')),
      titles,
    ),
  ];
}

/** Comments, each as one text: lines that follow each other belong together. */
function comments(source: string): string[] {
  const lines = source
    .split('\n')
    .map(line => /^\s*(?:\/\/|\/\*\*?|\*(?!\/))\s?(.*?)(?:\s*\*\/)?$/.exec(line)?.[1]);
  return lines
    .map(line => line ?? '\n')
    .join(' ')
    .split('\n')
    .map(text => text.trim())
    .filter(Boolean);
}

const templateComments = (source: string): string[] =>
  [...source.matchAll(/<%#\s*([^\n%]+)|\/\/ (.+)$/gm)].map(([, head, line]) => head ?? line ?? '');

const titles = (source: string): string[] =>
  [...source.matchAll(/\b(?:describe|it)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/g)].map(
    ([, plain, filled]) => plain ?? filled ?? '',
  );
