import type { LanguageText, Where } from './language-text.js';

/** Folders with texts for people who manage others, run the installation or write courses. More people read the logs. */
const ADMINISTRATION =
  /^server\/(?:office\/(?:admin\/(?!logs\/)|management\/)|workshop\/(?:design|exchange)\/|teaching\/quizzes\/(?:item-analysis|preview|regrading)\/)/;

/** A line of a file of texts, as Prettier prints it: a key and its text. */
const ENTRY = /^\s*"[^"]+": ("(?:[^"\\]|\\.)*"),?$/;

/** The texts of one `en.json`, with the line of each. @param json the file as it is printed, an entry to a line */
export const screenTexts = (file: string, json: string): LanguageText[] =>
  json.split('\n').flatMap((entry, index) => {
    const value = ENTRY.exec(entry)?.[1];
    return value === undefined
      ? []
      : [{ file, line: index + 1, text: JSON.parse(value) as string, where: placeOf(file) }];
  });

const placeOf = (file: string): Where => (ADMINISTRATION.test(file) ? 'administration' : 'screens');
