import type { Fault } from '../schema/types.js';

/** What a lesson's Markdown refers to. Lines count from 1 within the body. */
export type BodyReferences = {
  facts: Mention[];
  checks: Mention[];
  exhibits: Mention[];
  exercises: Mention[];
  tokens: Mention[];
  lessons: Mention[];
};
type Mention = { name: string; line: number };

export const hotlineTokens: readonly string[] = ['hotline.primary', 'hotline.emergency', 'hotline.child'];

const factMarker = /\[(F\d{3}(?:, ?F\d{3})*)\]/g;
/** What a lesson may ask its reader to do, and the seconds that it takes. */
export const EXERCISES: Readonly<Record<string, number>> = { 'first-call': 120, 'say-it': 60 };

/** A check, an exhibit or an exercise, by its name, in place of a paragraph. */
const placeLine = /^\{\{(check|exhibit|exercise) ([A-Za-z0-9-]+)\}\}$/;
const braces = /\{\{([^{}]*)\}\}/g;
const lessonLink = /\]\(lesson:([^)\s]*)\)/g;

const listOf: Readonly<Record<string, 'checks' | 'exhibits' | 'exercises'>> = {
  check: 'checks',
  exhibit: 'exhibits',
  exercise: 'exercises',
};

/** Every marker in the text, in order. */
export function bodyReferences(body: string): BodyReferences {
  const found: BodyReferences = {
    facts: [],
    checks: [],
    exhibits: [],
    exercises: [],
    tokens: [],
    lessons: [],
  };
  body.split('\n').forEach((text, index) => {
    const line = index + 1;
    const [, placed, own] = placeLine.exec(text.trim()) ?? [];
    if (own) return void found[listOf[placed ?? ''] ?? 'checks'].push({ name: own, line });
    for (const [, ids = ''] of text.matchAll(factMarker))
      found.facts.push(...ids.split(',').map(id => ({ name: id.trim(), line })));
    for (const [, name = ''] of text.matchAll(braces)) found.tokens.push({ name, line });
    for (const [, name = ''] of text.matchAll(lessonLink)) found.lessons.push({ name, line });
  });
  return found;
}

const titled = ['example', 'misconception'];
const untitled = ['do', 'do-not', 'words', 'explain'];

/** Faults of form in a lesson's Markdown: only the constructs of the content contract are allowed. */
export function bodyFaults(file: string, body: string, bodyLine: number): Fault[] {
  const lines = body.split('\n');
  const faults: Fault[] = [];
  const add = (index: number, problem: string, fix: string): void => {
    faults.push({ file, line: bodyLine + index, problem, fix });
  };
  lines.forEach((text, index) => {
    for (const [pattern, problem, fix] of forbidden) if (pattern.test(text)) add(index, problem, fix);
    for (const [marker] of text.matchAll(/\[[^\][]*\b[Ff]\d+\b[^\][]*\]/g))
      if (!new RegExp(`^${factMarker.source}$`).test(marker))
        add(index, `"${marker}" is not a fact marker.`, 'Write [F070] or [F070, F071].');
  });
  blockFaults(lines, add);
  const first = lines.findIndex(text => text.trim() !== '');
  if (first < 0) add(0, 'The lesson has no text.', 'Write it under the front matter.');
  else if (/^(?:#|:::|\{\{(?:check|exhibit|exercise) |[-*|])/.test(lines[first] ?? ''))
    add(
      first,
      'The lesson does not begin with a paragraph.',
      'Put a paragraph before the first heading or block.',
    );
  return faults;
}

const forbidden: readonly [RegExp, string, string][] = [
  [/<[a-zA-Z/!?][^>]*>?/, 'Raw HTML is not allowed.', 'Use Markdown, or write the sign in words.'],
  [/!\[/, 'Images are not allowed in lessons.', 'Say it in words.'],
  [
    /\]\((?!lesson:)/,
    'Only links to lessons are allowed.',
    'Write [text](lesson:module-name/02-lesson-name), or no link.',
  ],
  [/^\s{0,3}\[[^\]]+\]:/, 'Link definitions are not allowed.', 'Write the link in the sentence.'],
  [/^#(?!#)|^#{4,}/, 'Only ## and ### headings are allowed.', 'Use ## or ###.'],
  [/^\s*(?:```|~~~)/, 'Code blocks are not allowed.', 'Write plain paragraphs.'],
  [/^>/, 'Quotation blocks are not allowed.', 'Use ::: words or a paragraph.'],
  [
    /^(?!\s*\{\{(?:check|exhibit|exercise) [^}]*\}\}\s*$).*\{\{(?:check|exhibit|exercise) /,
    'A check, an exhibit or an exercise must stand on a line of its own.',
    'Move {{check …}}, {{exhibit …}} or {{exercise …}} to its own line.',
  ],
];

/** `:::` blocks are closed, known, titled as they should be, and never nested; `do` is followed by `do-not`. */
function blockFaults(lines: string[], add: (index: number, problem: string, fix: string) => void): void {
  let open: { name: string; index: number; points: number } | undefined;
  let awaiting: number | undefined;
  lines.forEach((text, index) => {
    const fence = /^:{3,}\s*(\S*)\s*(.*)$/.exec(text);
    if (!fence) {
      if (open && /^[-*] /.test(text)) open.points += 1;
      if (open && placeLine.test(text.trim()))
        add(index, 'A check or an exhibit is inside a block.', 'Move it below the closing :::.');
      if (!open && awaiting !== undefined && text.trim() !== '') {
        add(awaiting, 'A do block is not followed by a do-not block.', 'Put ::: do-not directly after it.');
        awaiting = undefined;
      }
      return;
    }
    const [, name = '', title = ''] = fence;
    if (name === '') {
      if (!open) add(index, 'This ::: closes nothing.', 'Remove it, or open a block above.');
      if (open && open.points > 7)
        add(open.index, `The block has ${open.points} points.`, 'Keep at most seven.');
      if (open?.name === 'do') awaiting = open.index;
      open = undefined;
      return;
    }
    if (open)
      add(open.index, `The block "${open.name}" is not closed.`, 'Close it with ::: on a line of its own.');
    if (name === 'do-not' && awaiting === undefined)
      add(index, 'A do-not block has no do block before it.', 'Put a ::: do block directly before it.');
    if (name !== 'do-not' && awaiting !== undefined)
      add(awaiting, 'A do block is not followed by a do-not block.', 'Put ::: do-not directly after it.');
    if (!titled.includes(name) && !untitled.includes(name))
      add(index, `The block "${name}" is not known.`, `Use one of: ${[...untitled, ...titled].join(', ')}.`);
    if (titled.includes(name) && title === '')
      add(index, `The block "${name}" has no title.`, 'Write the title after its name.');
    if (untitled.includes(name) && title !== '')
      add(index, `The block "${name}" takes no title.`, 'Remove the title.');
    awaiting = undefined;
    open = { name, index, points: 0 };
  });
  if (open)
    add(open.index, `The block "${open.name}" is not closed.`, 'Close it with ::: on a line of its own.');
  if (awaiting !== undefined)
    add(awaiting, 'A do block is not followed by a do-not block.', 'Put ::: do-not directly after it.');
}

/** A paragraph, heading, table cell or list point as a reader sees it: without markers and Markdown syntax. */
export type Passage = { line: number; text: string };

const startsPassage = /^\s*(?:#{1,6} |[-*] |\d+[.)] |\||:{3,})/;

/** The passages of a lesson's Markdown; lines that only continue a paragraph are joined to it, table cells stay separate. */
export function passages(body: string): Passage[] {
  const found: Passage[] = [];
  let isOpen = false;
  body.split('\n').forEach((raw, index) => {
    const isSilent = /^[\s|:-]*$/.test(raw) || placeLine.test(raw.trim());
    const cells = raw.startsWith('|') ? raw.split('|') : [raw];
    const parts = isSilent ? [] : cells.map(plain).filter(text => text !== '');
    const last = found.at(-1);
    if (isOpen && last && parts[0] && !startsPassage.test(raw)) last.text += ` ${parts[0]}`;
    else found.push(...parts.map(text => ({ line: index + 1, text })));
    isOpen = parts.length > 0 && !/^\s*(?:#|\||:{3,})/.test(raw);
  });
  return found;
}

const plain = (text: string): string =>
  text
    .replace(/^:{3,}\s*\S*\s*/, '')
    .replace(/^\s*(?:#{1,6}|[-*]|\d+[.)])\s+/, '')
    .replaceAll(factMarker, '')
    .replaceAll(/\[([^\]]*)\]\(lesson:[^)]*\)/g, '$1')
    .replaceAll(braces, 'reporting line')
    .replaceAll(/[*_|]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/\s+([.,;:?!])/g, '$1')
    .trim();

/** The whole text as a reader sees it, one passage per line. */
export const lessonText = (body: string): string =>
  passages(body)
    .map(({ text }) => text)
    .join('\n');
