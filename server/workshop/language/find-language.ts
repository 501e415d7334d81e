import { sentences } from '../../platform/lib/text/sentences.js';
import { asTyped, type LanguageFault, type LanguageText } from './language-text.js';
import type { Pattern } from './pattern.js';

/** Every sentence of the texts that a pattern finds, once for each pattern. */
export const languageFaults = (
  texts: readonly LanguageText[],
  patterns: readonly Pattern[],
): LanguageFault[] =>
  texts.flatMap(text => {
    const here = patterns.filter(pattern => isFor(pattern, text));
    return sentences(text.text).flatMap(sentence =>
      here.filter(pattern => isIn(pattern, sentence)).map(pattern => faultOf(pattern, text, sentence)),
    );
  });

const isFor = ({ where, role }: Pattern, text: LanguageText): boolean =>
  (where === undefined || where.includes(text.where)) && (role === undefined || role === text.role);

/** Whether a pattern finds something in a sentence. */
export const isIn = ({ finds, except }: Pattern, sentence: string): boolean =>
  asTyped(sentence)
    .replaceAll(except ?? NOTHING, '')
    .search(finds) >= 0;

const NOTHING = /(?!)/g;

const faultOf = (
  { name, better }: Pattern,
  { file, line, reported }: LanguageText,
  sentence: string,
): LanguageFault => ({ file, line, pattern: name, sentence, better, reported: reported === true });
