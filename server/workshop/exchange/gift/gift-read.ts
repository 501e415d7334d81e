import { giftBlocks, unmask, type Block } from './gift-blocks.js';
import { giftAnswers } from './gift-answers.js';
import { REASON_QUESTION } from '../conventions.js';
import type { Found, Question } from '../draft.js';
import { excerpt, refused, type Note } from '../exchange-report.js';
import { readTags } from '../tags.js';
import { formatted } from './gift-text.js';

/**
 * Reads GIFT as Moodle does (its `qformat_gift`), and tells what becomes of every line that is not blank. Numbers,
 * short answers, essays and texts without a question are refused: we have no such kinds.
 *
 * Written by hand, since the known parser stops at the first fault, has no lines for what it reads, and takes an
 * ordering question for a short answer.
 */
export function readGift(source: string): Found[] {
  const found = giftBlocks(source).flatMap(block => [
    ...block.comments.map(({ line, text }) => ({
      entry: refused('comment', { line, name: excerpt(text, 40), excerpt: excerpt(text) }),
    })),
    ...(block.category ? [{ entry: categoryEntry(block.category) }] : []),
    ...(block.text === '' ? lonely(block) : [readQuestion(block)]),
  ]);
  return joinHalves(found);
}

/** An id or tags that a blank line parts from their question belong to none. */
const lonely = ({ id, tags, lineAt }: Block): Found[] =>
  id === null && tags.length === 0
    ? []
    : [{ entry: refused('comment', { line: lineAt(0), name: id ?? '', excerpt: excerpt(tags.join(', ')) }) }];

const categoryEntry = ({ line, text }: { line: number; text: string }) =>
  refused('category', { line, name: excerpt(text, 40), excerpt: excerpt(text) });

/** Where the parts of a question stand in its block. */
function readQuestion(block: Block): Found {
  const whole = block.text;
  const titleEnd = whole.startsWith('::') ? whole.indexOf('::', 2) : -1;
  const title = titleEnd === -1 ? '' : unmask(whole.slice(2, titleEnd)).trim();
  const bodyAt = titleEnd === -1 ? 0 : titleEnd + 2;
  const body = whole.slice(bodyAt);
  const [from, to] = [body.indexOf('{'), body.indexOf('}')];
  const line = block.lineAt(0);
  const name =
    title || excerpt(unmask(body.slice(0, from === -1 ? undefined : from)).replace(/^\s*\[\w+\]/, ''), 40);
  const at = { line, name, excerpt: excerpt(unmask(body)) };
  if (from === -1 && to === -1) return { entry: refused('not-a-question', at) };
  if (from === -1 || to < from || /[{}]/.test(body.slice(from + 1, to) + body.slice(to + 1)))
    return { entry: refused('braces', at) };

  const rest = body.slice(to + 1).trim();
  const stem = formatted(rest === '' ? body.slice(0, from) : `${body.slice(0, from)}_____ ${rest}`, 'moodle');
  const answersAt = bodyAt + from + 1;
  const answers = giftAnswers({
    text: body.slice(from + 1, to),
    lineAt: offset => block.lineAt(answersAt + offset),
    format: stem.format,
  });
  if ('refusal' in answers) return { entry: refused(answers.refusal, { ...at, ...answers }) };
  if ([stem, ...answers.texts].some(({ effects }) => effects.includes('media')))
    return { entry: refused('media', at) };
  if (stem.text === '') return { entry: refused('no-stem', at) };
  const effects = new Set([stem, ...answers.texts].flatMap(text => text.effects));
  const notes: Note[] = [
    ...(rest === '' ? [] : [{ code: 'blank' as const, line }]),
    ...[...effects].filter(effect => effect !== 'media').map(code => ({ code, line })),
    ...answers.notes,
  ];
  const { tags, id, feedback } = block;
  const head = { file: null, line, name, title, id: id ?? (title || null), stem: stem.text };
  return { question: { ...answers.parts, ...head, tags, feedback, notes } };
}

/** Puts the two halves of a statement with its reason together again. A half alone, or one of many, stays what it is. */
function joinHalves(found: readonly Found[]): Found[] {
  const halvesOf = new Map<string, Question[]>();
  for (const each of found) {
    const pair = 'question' in each ? pairOf(each.question) : undefined;
    if ('question' in each && pair !== undefined)
      halvesOf.set(pair, [...(halvesOf.get(pair) ?? []).slice(0, 2), each.question]);
  }
  return found.map(each => {
    const pair = 'question' in each ? pairOf(each.question) : undefined;
    if (!('question' in each) || pair === undefined) return each;
    const { question } = each;
    const halves = halvesOf.get(pair) ?? [];
    const statement = halves.find(({ form }) => form === 'statement');
    const reason = halves.find(({ form }) => form === 'one');
    if (!statement || !reason || halves.length !== 2) return { question: alone(question, pair) };
    if (question === statement) return { question: joined(statement, reason, pair) };
    const { line, name } = question;
    return { entry: { file: null, line, name, outcome: 'taken', notes: [] } };
  });
}

const alone = (question: Question, pair: string): Question => ({
  ...question,
  notes: [...question.notes, { code: 'lone-half', line: question.line, about: pair }],
});

const pairOf = ({ tags }: Question): string | undefined => readTags(tags).values.pair;

function joined(statement: Question, reason: Question, pair: string): Question {
  const expected = `${statement.stem}\n${REASON_QUESTION}`;
  const asked: Note[] =
    reason.stem === expected
      ? []
      : [{ code: 'left-out', line: reason.line, about: 'question', excerpt: excerpt(reason.stem) }];
  return {
    ...statement,
    id: pair,
    name: pair,
    title: '',
    options: reason.options,
    key: reason.key,
    tags: [...statement.tags, ...reason.tags.filter(tag => !statement.tags.includes(tag))],
    notes: [...statement.notes, ...reason.notes, ...asked],
  };
}
