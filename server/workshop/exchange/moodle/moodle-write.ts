import type { ExchangeItem } from '../../../teaching/questions/exchange.js';
import { keyFirst } from '../key-first.js';
import { around, gap } from './cloze.js';
import { categoryOf, REASON_QUESTION, share } from '../conventions.js';
import { idTags, itemTags } from '../tags.js';
import { el, xmlDocument, type Xml } from '../xml-write.js';

/**
 * A bank in Moodle XML (Moodle documentation, "Moodle XML format"; elements as Moodle 5.1 takes them). Texts are
 * plain, so nothing in them is read as mark-up.
 */
export const writeMoodle = (bank: string, items: readonly ExchangeItem[]): string =>
  xmlDocument(el('quiz', {}, [category(bank), ...items.map(question)]));

const category = (bank: string): Xml =>
  el('question', { type: 'category' }, [el('category', {}, [text(categoryOf(bank))])]);

function question(item: ExchangeItem): Xml {
  switch (item.form) {
    case 'statement':
      return whole(item, 'cloze', item.options, html('questiontext', statement(item)), []);
    case 'order':
      return whole(item, 'ordering', keyFirst(item), plain('questiontext', item.stem), ordering(item));
    case 'pairs':
      return whole(item, 'matching', keyFirst(item), plain('questiontext', item.stem), matching(item));
    case 'one':
    case 'several':
      return whole(item, 'multichoice', item.options, plain('questiontext', item.stem), choices(item));
  }
}

function whole(
  item: ExchangeItem,
  type: string,
  inFile: ExchangeItem['options'],
  stem: Xml,
  parts: readonly Xml[],
): Xml {
  const tags = [...itemTags(item), ...idTags(item, inFile)];
  return el('question', { type }, [
    el('name', {}, [text(item.id)]),
    stem,
    el('defaultgrade', {}, '1'),
    el('idnumber', {}, item.id),
    ...parts,
    el(
      'tags',
      {},
      tags.map(tag => el('tag', {}, [text(tag)])),
    ),
  ]);
}

const text = (words: string): Xml => el('text', {}, words);
const plain = (name: string, words: string): Xml => el(name, { format: 'plain_text' }, [text(words)]);
const html = (name: string, markup: string): Xml => el(name, { format: 'html' }, [text(markup)]);
const feedback = (words: string): Xml => plain('feedback', words);

/** The statement, true or false, and the reason: two gaps of one question. */
function statement({ stem, truth, options, key }: ExchangeItem): string {
  const truths = gap([
    { text: 'True', isRight: truth === true },
    { text: 'False', isRight: truth === false },
  ]);
  const reasons = gap(options.map(option => ({ ...option, isRight: key.includes(option.id) })));
  return `<p>${around(stem)}</p><p>${truths}</p><p>${around(REASON_QUESTION)}</p><p>${reasons}</p>`;
}

function choices({ form, options, key }: ExchangeItem): Xml[] {
  const isSingle = form === 'one';
  const weight = (id: string): string => {
    if (!key.includes(id)) return isSingle ? '0' : '-100';
    return isSingle ? '100' : share(key.length);
  };
  return [
    el('single', {}, String(isSingle)),
    el('shuffleanswers', {}, 'true'),
    el('answernumbering', {}, 'abc'),
    ...options.map(option =>
      el('answer', { fraction: weight(option.id), format: 'plain_text' }, [
        text(option.text),
        feedback(option.feedback),
      ]),
    ),
  ];
}

/** Without two hints Moodle ends the whole import with a fault of its database. */
const HINT = el('hint', { format: 'html' }, [text(''), el('shownumcorrect'), el('options', {}, '1')]);

/** Steps in the right order. Their feedback is for our own import: Moodle passes it over. */
const ordering = (item: ExchangeItem): Xml[] => [
  el('layouttype', {}, 'VERTICAL'),
  el('selecttype', {}, 'ALL'),
  el('selectcount', {}, String(item.options.length)),
  el('gradingtype', {}, 'ALL_OR_NOTHING'),
  el('showgrading', {}, 'SHOW'),
  el('numberingstyle', {}, 'none'),
  ...keyFirst(item).map((option, at) =>
    el('answer', { fraction: at + 1, format: 'plain_text' }, [text(option.text), feedback(option.feedback)]),
  ),
  HINT,
  HINT,
];

/** A pair without a prompt is an option that fits nothing. */
const matching = (item: ExchangeItem): Xml[] => [
  el('shuffleanswers', {}, 'true'),
  ...keyFirst(item).map((option, at) =>
    el('subquestion', { format: 'plain_text' }, [
      text(item.prompts?.[at]?.text ?? ''),
      el('answer', {}, [text(option.text), feedback(option.feedback)]),
    ]),
  ),
];
