import { Composer, isCollection, isMap, isNode, isScalar, LineCounter, Parser } from 'yaml';
import type { Document, Node, CST } from 'yaml';
import { curlyQuotes } from './quotes.js';
import type { Fault } from '../schema/types.js';

export type Path = readonly (string | number)[];

/** A parsed YAML text: plain data, its texts as readers see them, and the line of the file for each path. */
export type YamlSource =
  { ok: true; data: unknown; lineOf: (path: Path) => number } | { ok: false; faults: Fault[] };

/** The deepest content file (a scenario's choices) needs 7 levels of nodes. */
const maxDepth = 16;
const maxAliases = 20;

/**
 * Parses one YAML document. Refuses repeated keys, deep nesting, alias bombs and custom tags.
 * @param firstLine the line of the file on which `text` begins (front matter begins on line 2)
 */
export function parseYaml(file: string, text: string, firstLine = 1): YamlSource {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(lines.linePos(offset).line, 1) + firstLine - 1;
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined)
    return refuse(file, lineAt(deep), `Nested deeper than ${maxDepth} levels.`, 'Flatten this part.');

  const documents = [
    ...new Composer({ uniqueKeys: true, version: '1.2', schema: 'core' }).compose(tokens, true),
  ];
  const document = documents[0];
  if (!document || documents.length > 1) {
    return refuse(
      file,
      firstLine,
      'The file must hold exactly one YAML document.',
      'Remove the extra --- lines.',
    );
  }
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    return {
      ok: false,
      faults: errors.map(error => ({
        file,
        line: lineAt(error.pos[0]),
        problem: `YAML: ${error.message.split('\n')[0] ?? error.code}`,
        fix:
          fixes[error.code] ??
          'Correct the YAML here; put texts with ": ", "#" or a leading quote in double quotes.',
      })),
    };
  }
  return toData(file, document, lineAt);
}

const fixes: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'Keep one of the two keys.',
  BLOCK_AS_IMPLICIT_KEY: 'Put the text in double quotes: it holds ": ".',
  TAG_RESOLVE_FAILED: 'Remove the tag that begins with "!".',
  TAB_AS_INDENT: 'Indent with spaces.',
};

const refuse = (file: string, line: number, problem: string, fix: string): YamlSource => ({
  ok: false,
  faults: [{ file, line, problem, fix }],
});

function toData(file: string, document: Document.Parsed, lineAt: (offset: number) => number): YamlSource {
  try {
    const data: unknown = document.toJS({ maxAliasCount: maxAliases, reviver: inProse });
    return { ok: true, data, lineOf: path => lineAt(offsetOf(document, path)) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse(
      file,
      lineAt(0),
      'Too many aliases (*name).',
      'Write the values out instead of repeating them by alias.',
    );
  }
}

const inProse = (_: unknown, value: unknown): unknown =>
  typeof value === 'string' ? curlyQuotes(value) : value;

/** The offset at which the value at `path` begins; if there is none, that of its nearest existing parent. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const step of path) {
    if (!isCollection(node)) return offset;
    const key: unknown = isMap(node)
      ? node.items.find(pair => isScalar(pair.key) && pair.key.value === step)?.key
      : undefined;
    node = node.get(step, true);
    offset = start(key) ?? start(node) ?? offset;
  }
  return offset;
}

const start = (node: unknown): number | undefined => (isNode(node) ? (node as Node).range?.[0] : undefined);

/** The offset of the first token below `maxDepth`, walked without recursion: the composer itself would overflow the stack. */
function tooDeep(tokens: CST.Token[]): number | undefined {
  const open = tokens.map(token => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth) return token.offset;
    for (const child of children(token)) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function children(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(item => [item.key, item.value].filter(child => child != null));
}
