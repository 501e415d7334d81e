import { unmask } from './gift-blocks.js';
import { formatted } from './gift-text.js';
import type { Question } from '../draft.js';
import { excerpt, type Note, type Refusal } from '../exchange-report.js';
import { matched } from '../pairs.js';
import { plainText, type Plain, type TextFormat } from '../text.js';
import { weighed } from '../weights.js';

/** What stands between the braces, masked. */
export interface Answers {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
  /** The format of what names none. */
  readonly format: TextFormat;
}

type Parts = Pick<Question, 'form' | 'truth' | 'prompts' | 'options' | 'key'>;

export type ReadAnswers =
  | { readonly parts: Parts; readonly texts: readonly Plain[]; readonly notes: readonly Note[] }
  | { readonly refusal: Refusal; readonly line: number; readonly about?: string };

/** Tells the kind of a question by its answers, in the order in which Moodle asks. */
export function giftAnswers(answers: Answers): ReadAnswers {
  const general = answers.text.lastIndexOf('####');
  const own = general === -1 ? answers : { ...answers, text: answers.text.slice(0, general) };
  const read = byKind(own);
  if (general === -1 || 'refusal' in read) return read;
  const said = formatted(answers.text.slice(general + 4), answers.format).text;
  return said === ''
    ? read
    : { ...read, notes: [...read.notes, leftOut(answers.lineAt(general), 'general feedback', said)] };
}

const leftOut = (line: number, about: string, words: string): Note => ({
  code: 'left-out',
  line,
  about,
  excerpt: excerpt(words),
});

/** So many signs between two braces are no question. */
const MANY = 200;

function byKind(answers: Answers): ReadAnswers {
  const text = answers.text.trim();
  const refuse = (about: string): ReadAnswers => ({ refusal: 'type', line: answers.lineAt(0), about });
  if (text.split(/[~=\n]/, MANY).length === MANY) return { refusal: 'many-answers', line: answers.lineAt(0) };
  if (text === '') return refuse('essay');
  if (text.startsWith('#')) return refuse('numerical');
  if (text.startsWith('>')) return readOrdering(answers);
  if (text.includes('~')) return readChoices(answers);
  if (text.includes('=') && text.includes('->')) return readMatching(answers);
  const [truth = '', ...feedback] = text.split('#');
  if (/^(T|TRUE|F|FALSE)$/.test(truth.trim()))
    return readTruth(answers, truth.trim().startsWith('T'), feedback);
  return refuse('shortanswer');
}

function readTruth({ lineAt, format }: Answers, truth: boolean, feedback: readonly string[]): ReadAnswers {
  const texts = feedback.map(each => formatted(each, format)).filter(({ text }) => text !== '');
  return {
    parts: { form: 'statement', truth, options: [], key: [] },
    texts,
    notes: texts.map(({ text }) => leftOut(lineAt(0), 'feedback', text)),
  };
}

/** The pieces of a text that begin with one of `signs`, with their offsets; what stands before the first is piece 0. */
function pieces(text: string, signs: RegExp): { at: number; sign: string; text: string }[] {
  const starts = [...text.matchAll(signs)].map(({ index }) => index);
  return [-1, ...starts].map((at, n) => ({
    at: Math.max(at, 0),
    sign: at === -1 ? '' : text.charAt(at),
    text: text.slice(at + 1, starts[n]),
  }));
}

function readChoices({ text, lineAt, format }: Answers): ReadAnswers {
  const [before, ...answers] = pieces(text, /[~=]/g);
  if (before?.text.trim())
    return { refusal: 'answer-mark', line: lineAt(0), about: excerpt(unmask(before.text), 40) };
  const read = answers.map(({ at, sign, text: piece }) => {
    const [, told, rest = piece] = /^\s*%(-?\d{1,3}(?:\.\d*)?)%(.*)$/s.exec(piece) ?? [];
    const hash = rest.indexOf('#');
    const words = formatted(hash === -1 ? rest : rest.slice(0, hash), format);
    const said = hash === -1 ? null : formatted(rest.slice(hash + 1), format);
    const weight = told === undefined ? (sign === '=' ? 100 : 0) : Number(told);
    return { line: lineAt(at), weight, words, said };
  });
  const isSingle = answers.some(({ sign }) => sign === '=');
  const judged = weighed(
    read.map(({ weight }) => weight),
    { isSingle, line: lineAt(0) },
  );
  if ('refusal' in judged) return judged;
  const options = read.map(({ words, said }) => ({ text: words.text, feedback: said?.text || undefined }));
  return {
    parts: { form: judged.form, options, key: judged.key },
    texts: read.flatMap(({ words, said }) => [words, ...(said ? [said] : [])]),
    notes: judged.notes,
  };
}

/** Pairs; a pair without a left side is an option that fits nothing. The right side has no format in GIFT. */
function readMatching({ text, lineAt, format }: Answers): ReadAnswers {
  const [before, ...answers] = pieces(text, /=/g);
  if (before?.text.trim())
    return { refusal: 'answer-mark', line: lineAt(0), about: excerpt(unmask(before.text), 40) };
  const lone = answers.find(piece => !piece.text.includes('->'));
  if (lone) return { refusal: 'answer-mark', line: lineAt(lone.at), about: excerpt(unmask(lone.text), 40) };
  const pairs = answers.map(({ text: piece }) => {
    const arrow = piece.indexOf('->');
    return {
      prompt: formatted(piece.slice(0, arrow), format),
      option: plainText(unmask(piece.slice(arrow + 2)), format === 'plain' ? 'plain' : 'moodle'),
    };
  });
  return { parts: matched(pairs), texts: pairs.flatMap(({ prompt, option }) => [prompt, option]), notes: [] };
}

/** Moodle's head of an ordering question: how many are shown, how they are chosen, laid out, graded and numbered. */
const HEAD =
  /^>\s*(\d+)?\s*(ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*(HORIZONTAL|HORI|H|VERTICAL|VERT|V|[01])?\s*([A-Z]+(?:_[A-Z]+)*)?\s*(SHOW|HIDE|TRUE|FALSE|YES|NO)?\s*(none|abc|ABCD|123|iii|IIII)?\s*$/;

/** Steps, a line each, in the right order. */
function readOrdering({ text, lineAt, format }: Answers): ReadAnswers {
  const [head = '', ...rest] = text.trim().split('\n');
  const [isHead, count, choose, , grading] = HEAD.exec(head.trim().replace(/\s+/g, ' ')) ?? [];
  const steps = (isHead === undefined ? [head.slice(1), ...rest] : rest)
    .map(line => line.trim())
    .filter(line => line !== '');
  const texts = steps.map(step => plainText(unmask(step.replace(/^\[plain\]/, '')), format));
  const isPart =
    (count !== undefined && Number(count) < steps.length) || /^(RANDOM|REL|CONTIG)/.test(choose ?? '');
  const line = lineAt(0);
  return {
    parts: {
      form: 'order',
      options: texts.map(({ text: words }) => ({ text: words })),
      key: texts.map((_, at) => at),
    },
    texts,
    notes: [
      ...(isPart ? [{ code: 'left-out' as const, line, about: 'part', excerpt: head }] : []),
      ...(grading === 'ALL_OR_NOTHING' ? [] : [{ code: 'scoring' as const, line }]),
    ],
  };
}
