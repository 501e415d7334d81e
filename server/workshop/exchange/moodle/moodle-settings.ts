import { excerpt, type Note } from '../exchange-report.js';
import { elements, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';

/** What the readers take from a question. */
const TAKEN = [
  'name',
  'questiontext',
  'idnumber',
  'tags',
  'answer',
  'subquestion',
  'single',
  'gradingtype',
  'selecttype',
];

/**
 * Settings of how Moodle shows, retries and files a question, with the values that it writes by itself (Moodle 4 and
 * 5). They have no place here; with one of these values they say nothing, so only other values are told.
 */
const USUAL: ReadonlyMap<string, RegExp> = new Map([
  ['generalfeedback', /^$/],
  ['defaultgrade', /^1(\.0*)?$/],
  ['penalty', /^(0|1|0\.1|0\.3333333|0\.333|0\.5)(0*)?(\.0*)?$/],
  ['hidden', /^0$/],
  ['shuffleanswers', /^(true|false|1|0)$/],
  ['answernumbering', /^(abc|ABCD|123|iii|IIII|none)$/],
  ['showstandardinstruction', /^[01]$/],
  ['shownumcorrect', /^$/],
  ['correctfeedback', /^(Your answer is correct\.)?$/],
  ['partiallycorrectfeedback', /^(Your answer is partially correct\.)?$/],
  ['incorrectfeedback', /^(Your answer is incorrect\.)?$/],
  ['hint', /^1?$/],
  ['layouttype', /^(VERTICAL|HORIZONTAL|0|1)$/],
  ['selectcount', /^\d*$/],
  ['showgrading', /^(SHOW|HIDE|0|1)$/],
  ['numberingstyle', /^(none|abc|ABCD|123|iii|IIII)$/],
]);

/** A note for everything in a question that was not taken and is not a usual setting. */
export function leftOvers(question: XmlElement, type: string): Note[] {
  return elements(question)
    .filter(({ name }) => !TAKEN.includes(name))
    .flatMap(element => {
      const words = textOf(element)
        .replace(/<[^<>]*>/g, '')
        .trim();
      if (USUAL.get(element.name)?.test(words)) return [];
      // The grade of a cloze question is the sum of its gaps, whatever is written.
      if (type === 'cloze' && element.name === 'defaultgrade') return [];
      return [
        { code: 'left-out' as const, line: element.line, about: element.name, excerpt: excerpt(words) },
      ];
    });
}
