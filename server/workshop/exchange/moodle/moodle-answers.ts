import { gapsOf } from './cloze.js';
import { REASON_QUESTION } from '../conventions.js';
import type { FoundOption, Question } from '../draft.js';
import { matched } from '../pairs.js';
import { excerpt, type Note, type Refusal } from '../exchange-report.js';
import { htmlToText, plainText, type Plain, type TextFormat } from '../text.js';
import { weighed } from '../weights.js';
import { child, elements, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';

type Parts = Pick<Question, 'form' | 'truth' | 'prompts' | 'options' | 'key'>;
type Read =
  | { parts: Parts; stem: Plain; texts: readonly Plain[]; notes: readonly Note[] }
  | { refusal: Refusal; about?: string };

/** Stem and answers of a question by its type, or why it is no kind of ours. */
export const readAnswers = (type: string, question: XmlElement): Read =>
  READERS.get(type)?.(question) ?? { refusal: 'type', about: type };

const READERS: ReadonlyMap<string, (question: XmlElement) => Read> = new Map([
  ['multichoice', readChoices],
  ['truefalse', readTruth],
  ['matching', readMatching],
  ['match', readMatching],
  ['ordering', readOrdering],
  ['cloze', readCloze],
  ['multianswer', readCloze],
]);

const FORMATS: ReadonlyMap<string, TextFormat> = new Map([
  ['plain_text', 'plain'],
  ['html', 'html'],
  ['markdown', 'markdown'],
  ['moodle_auto_format', 'moodle'],
]);

/** The words of an element with a `text` inside, by the format it names. */
function plainOf(element: XmlElement | undefined, otherwise: TextFormat = 'html'): Plain {
  if (!element) return { text: '', effects: [] };
  return plainText(textOf(child(element, 'text')), FORMATS.get(element.attributes.format ?? '') ?? otherwise);
}

const stemOf = (question: XmlElement): Plain => plainOf(child(question, 'questiontext'));

const weightOf = ({ attributes }: XmlElement): number => Number(attributes.fraction ?? 0);

function readChoices(question: XmlElement): Read {
  const answers = elements(question, 'answer');
  const read = answers.map(answer => ({ words: plainOf(answer), said: plainOf(child(answer, 'feedback')) }));
  const isSingle = /^(true|1)$/.test(textOf(child(question, 'single')).trim() || 'true');
  const judged = weighed(answers.map(weightOf), { isSingle, line: question.line });
  if ('refusal' in judged) return judged;
  const options = read.map(({ words, said }): FoundOption => ({
    text: words.text,
    feedback: said.text || undefined,
  }));
  return {
    parts: { form: judged.form, options, key: judged.key },
    stem: stemOf(question),
    texts: read.flatMap(({ words, said }) => [words, said]),
    notes: judged.notes,
  };
}

/** A statement without a reason: a draft whose reasons a person has to write. */
function readTruth(question: XmlElement): Read {
  const answers = elements(question, 'answer');
  const right = answers.find(answer => weightOf(answer) === 100);
  const truth = textOf(right && child(right, 'text'))
    .trim()
    .toLowerCase();
  if (truth !== 'true' && truth !== 'false') return { refusal: 'no-right-answer' };
  const said = answers.map(answer => ({ line: answer.line, words: plainOf(child(answer, 'feedback')) }));
  return {
    parts: { form: 'statement', truth: truth === 'true', options: [], key: [] },
    stem: stemOf(question),
    texts: said.map(({ words }) => words),
    notes: said
      .filter(({ words }) => words.text !== '')
      .map(({ line, words }) => ({
        code: 'left-out',
        line,
        about: 'feedback',
        excerpt: excerpt(words.text),
      })),
  };
}

function readMatching(question: XmlElement): Read {
  const pairs = elements(question, 'subquestion').map(element => {
    const answer = child(element, 'answer');
    const said = plainOf(answer && child(answer, 'feedback'));
    return { prompt: plainOf(element), option: plainOf(answer, 'plain'), said };
  });
  if (pairs.length === 0) return { refusal: 'no-answers' };
  const asked = [
    ...pairs.filter(({ prompt }) => prompt.text !== ''),
    ...pairs.filter(({ prompt }) => prompt.text === ''),
  ];
  const parts = matched(pairs);
  const options = parts.options.map((option, at) => ({
    ...option,
    feedback: asked[at]?.said.text || undefined,
  }));
  return {
    parts: { ...parts, options },
    stem: stemOf(question),
    texts: pairs.flatMap(({ prompt, option, said }) => [prompt, option, said]),
    notes: [],
  };
}

function readOrdering(question: XmlElement): Read {
  const answers = [...elements(question, 'answer')].sort((a, b) => weightOf(a) - weightOf(b));
  if (answers.length === 0) return { refusal: 'no-answers' };
  const read = answers.map(answer => ({ words: plainOf(answer), said: plainOf(child(answer, 'feedback')) }));
  const grading = textOf(child(question, 'gradingtype')).trim();
  const select = textOf(child(question, 'selecttype')).trim();
  const { line } = question;
  return {
    parts: {
      form: 'order',
      options: read.map(({ words, said }) => ({ text: words.text, feedback: said.text || undefined })),
      key: answers.map((_, at) => at),
    },
    stem: stemOf(question),
    texts: read.flatMap(({ words, said }) => [words, said]),
    notes: [
      ...(/^(ALL|EXACT|0|)$/.test(select)
        ? []
        : [{ code: 'left-out' as const, line, about: 'selecttype', excerpt: select }]),
      ...(grading === 'ALL_OR_NOTHING' ? [] : [{ code: 'scoring' as const, line }]),
    ],
  };
}

/** Two gaps to choose in, of which the first says true or false: a statement with its reason, as we write it. */
function readCloze(question: XmlElement): Read {
  const { gaps, after } = gapsOf(textOf(child(child(question, 'questiontext') ?? question, 'text')));
  const [truths, reasons, ...more] = gaps;
  const answers = truths?.alternatives.map(({ html }) => htmlToText(html).text.toLowerCase()) ?? [];
  const isOurs = answers.length === 2 && answers.includes('true') && answers.includes('false');
  if (
    !truths ||
    !reasons ||
    more.length > 0 ||
    !isOurs ||
    !gaps.every(({ kind }) => /^(MULTICHOICE|MC)/.test(kind))
  )
    return { refusal: 'type', about: 'cloze' };
  const right = answers[truths.alternatives.findIndex(({ weight }) => weight === 100)];
  const { line } = question;
  const judged = weighed(
    reasons.alternatives.map(({ weight }) => weight),
    { isSingle: true, line },
  );
  if ('refusal' in judged) return judged;
  if (right === undefined) return { refusal: 'no-right-answer' };
  const options = reasons.alternatives.map(({ html, feedback }) => ({
    words: htmlToText(html),
    said: htmlToText(feedback),
  }));
  const [stem, asked, last] = [truths.before, reasons.before, after].map(htmlToText);
  const beside = [asked?.text === REASON_QUESTION ? '' : asked?.text, last?.text].filter(Boolean).join(' ');
  return {
    parts: {
      form: 'statement',
      truth: right === 'true',
      options: options.map(({ words, said }) => ({ text: words.text, feedback: said.text || undefined })),
      key: judged.key,
    },
    stem: stem ?? { text: '', effects: [] },
    texts: options.flatMap(({ words, said }) => [words, said]),
    notes: [
      ...judged.notes,
      ...(beside ? [{ code: 'left-out' as const, line, about: 'question', excerpt: excerpt(beside) }] : []),
    ],
  };
}
