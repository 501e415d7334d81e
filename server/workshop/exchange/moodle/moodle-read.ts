import type { Found } from '../draft.js';
import { readAnswers } from './moodle-answers.js';
import { leftOvers } from './moodle-settings.js';
import { excerpt, refused, type Note } from '../exchange-report.js';
import { htmlToText } from '../text.js';
import {
  child,
  descendants,
  elements,
  parseXml,
  textOf,
  type XmlElement,
} from '../../../platform/lib/xml/xml.js';

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
  const read = readAnswers(type, element);
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
