import { gapsOf } from './cloze.js';
import type { Found, FoundOption, Question } from './draft.js';
import { REASON_QUESTION } from './gift-write.js';
import { leftOvers } from './moodle-settings.js';
import { matched } from './pairs.js';
import { excerpt, refused, type Note, type Refusal } from './report.js';
import { htmlToText, plainText, type Plain, type TextFormat } from './text.js';
import { weighed } from './weights.js';
import { child, descendants, elements, parseXml, textOf, type XmlElement } from './xml.js';

/**
 * Reads Moodle XML: multiple choice, true or false, matching, ordering, and our own kind of cloze, a statement with
 * its reason. Every other kind is refused. What a question holds besides is told, unless it is a setting that
 * Moodle writes for each question (`moodle-settings.ts`).
 */
export function readMoodle(source: string): Found[] {
  const parsed = parseXml(source);
  if (!parsed.ok) return [{ entry: refused(parsed.code, parsed) }];
  const { root, comments } = parsed;
  if (root.name !== 'quiz')
    return [{ entry: refused('not-this-format', { line: root.line, about: root.name }) }];
  const remarks = comments
    .filter(({ text }) => !/^question: \d+$/.test(text))
    .map(({ line, text }) => ({
      entry: refused('comment', { line, name: excerpt(text, 40), excerpt: excerpt(text) }),
    }));
  return [...remarks, ...elements(root).map(readQuestion)].sort((a, b) => lineOf(a) - lineOf(b));
}

const lineOf = (found: Found): number => ('entry' in found ? found.entry.line : found.question.line);

type Parts = Pick<Question, 'type' | 'truth' | 'prompts' | 'options' | 'key'>;
type Read =
  | { parts: Parts; stem: Plain; texts: readonly Plain[]; notes: readonly Note[] }
  | { refusal: Refusal; about?: string };

function readQuestion(element: XmlElement): Found {
  const { line, attributes } = element;
  const type = attributes.type ?? '';
  const words = textOf(child(child(element, 'questiontext') ?? element, 'text'));
  const title = textOf(child(element, 'name')).trim();
  const name = title || excerpt(htmlToText(words).text, 40);
  const at = { line, name, excerpt: excerpt(words) };
  if (element.name !== 'question')
    return { entry: refused('not-a-question', { ...at, about: element.name }) };
  if (type === 'category') return { entry: categoryEntry(element) };
  if (type === 'description') return { entry: refused('not-a-question', at) };
  const read = (READERS[type] ?? (() => ({ refusal: 'type' as const, about: type })))(element);
  if ('refusal' in read) return { entry: refused(read.refusal, { ...at, about: read.about ?? '' }) };
  const texts = [read.stem, ...read.texts];
  const files = descendants(element).some(each => each.name === 'file');
  if (files || texts.some(({ effects }) => effects.includes('media'))) return { entry: refused('media', at) };
  if (read.stem.text === '') return { entry: refused('no-stem', at) };

  const idNumber = textOf(child(element, 'idnumber')).trim();
  const effects = new Set(texts.flatMap(text => text.effects));
  const notes: Note[] = [
    ...[...effects].filter(effect => effect !== 'media').map(code => ({ code, line })),
    ...read.notes,
    ...leftOvers(element, type),
  ];
  const tags = elements(child(element, 'tags') ?? element, 'tag').map(tag => textOf(tag).trim());
  const head = { file: null, line, name, title, id: idNumber || title || null, stem: read.stem.text };
  return { question: { ...read.parts, ...head, tags, notes } };
}

function categoryEntry(element: XmlElement) {
  const name = textOf(child(element, 'category')).trim();
  return refused('category', { line: element.line, name: excerpt(name, 40), excerpt: excerpt(name) });
}

const READERS: Readonly<Record<string, (question: XmlElement) => Read>> = {
  multichoice: readChoices,
  truefalse: readTruth,
  matching: readMatching,
  match: readMatching,
  ordering: readOrdering,
  cloze: readCloze,
  multianswer: readCloze,
};

const FORMATS: Readonly<Record<string, TextFormat>> = {
  plain_text: 'plain',
  html: 'html',
  markdown: 'markdown',
  moodle_auto_format: 'moodle',
};

/** The words of an element with a `text` inside, by the format it names. */
function plainOf(element: XmlElement | undefined, otherwise: TextFormat = 'html'): Plain {
  if (!element) return { text: '', effects: [] };
  return plainText(textOf(child(element, 'text')), FORMATS[element.attributes.format ?? ''] ?? otherwise);
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
    parts: { type: judged.type, options, key: judged.key },
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
    parts: { type: 'true-false', truth: truth === 'true', options: [], key: [] },
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
      type: 'ordering',
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
      type: 'true-false',
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
