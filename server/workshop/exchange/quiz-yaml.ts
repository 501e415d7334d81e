import { Document, type Node } from 'yaml';
import type { Draft } from './draft.js';
import type { Note } from './exchange-report.js';

/** A draft with where it came from and what is open. */
export interface Imported {
  readonly draft: Draft;
  readonly file: string | null;
  readonly line: number;
  readonly name: string;
  readonly notes: readonly Note[];
}

/** The items as `quiz.yaml`. Above an item that is not whole stands which places are to be filled in. */
export function quizYaml(imported: readonly Imported[]): string {
  const document = new Document();
  const items = imported.map(each => itemNode(document, each));
  document.contents = document.createNode({ items });
  // Each text on one line: folded over several, white space at their ends would be lost.
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity });
}

function itemNode(document: Document, { draft, file, line, name, notes }: Imported): Node {
  const { options, prompts, stem, ...rest } = draft;
  const fields = {
    ...rest,
    stem: quoted(document, stem),
    ...(prompts ? { prompts: prompts.map(prompt => flow(document, prompt)) } : {}),
    options: options.map(option => flow(document, option)),
    key: inLine(document, draft.key),
    ...(draft.facts ? { facts: inLine(document, draft.facts) } : {}),
    ...(draft.roles ? { roles: inLine(document, draft.roles) } : {}),
    ...(draft.unsafe ? { unsafe: inLine(document, draft.unsafe) } : {}),
    ...(draft.cues ? { cues: inLine(document, draft.cues) } : {}),
  };
  const node = document.createNode(
    Object.fromEntries(
      ORDER.flatMap(field => (field in fields ? [[field, fields[field as keyof typeof fields]]] : [])),
    ),
  );
  const open = notes.find(({ code }) => code === 'incomplete');
  if (open)
    node.commentBefore = oneLine(
      ` ${file ? `${file}, ` : ''}line ${line}, "${name}". Open: ${open.about ?? ''}`,
    );
  return node;
}

/** As the files of the banks have it. */
const ORDER = (
  'id objective level type depth critical judgement roles scene pair status borderline cues stem truth prompts options key ' +
  'unsafe facts points'
).split(' ');

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const quoted = (document: Document, text: string): Node =>
  Object.assign(document.createNode(text), { type: 'QUOTE_DOUBLE' });

/** An option or a prompt on one line: its letter and what it judges bare, its words in quotation marks. */
function flow(document: Document, { id, judges, ...words }: Partial<Option> & { id: string }): Node {
  const texts = Object.entries(words).map(([field, text]) => [field, quoted(document, text)]);
  return Object.assign(
    document.createNode({ id, ...(judges ? { judges } : {}), ...Object.fromEntries(texts) }),
    { flow: true },
  );
}

type Option = Draft['options'][number];

const inLine = (document: Document, values: readonly (string | object)[]): Node =>
  Object.assign(document.createNode(values), { flow: true });
