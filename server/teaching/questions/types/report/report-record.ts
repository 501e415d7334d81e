import type { Answer } from '../../answer.js';
import { pointsOfErased } from '../../erased-answer.js';
import { FULL_POINTS } from '../../question-type.js';
import { eachOnce, judgingWords, type Judged } from './report-words.js';

/** The parts of a record that a learner may be asked for: what S-A-F-E ends with. */
export const REPORT_FIELDS = ['time', 'place', 'behaviour', 'words', 'told'] as const;
export type ReportField = (typeof REPORT_FIELDS)[number];

/** Characters (code points) that one field may hold: a record is short, and no place for a real case. */
export const FIELD_LIMIT = 300;

/** What reading a record needs of its item: the fields asked for, and the words that its case adds to avoid. */
export interface Asked {
  readonly fields: readonly { readonly id: ReportField }[];
  readonly avoid?: readonly string[] | undefined;
}

interface FieldReview {
  readonly id: ReportField;
  readonly text: string;
  readonly holds: boolean;
  /** The words in it that do not belong there. */
  readonly judged: readonly Judged[];
}

/** What a record was found to hold, field by field, and the words that do not belong in it. */
interface Review {
  readonly fields: readonly FieldReview[];
  readonly judged: readonly Judged[];
}

/** Reads a record. A word that judges counts once, in however many fields it stands. */
export function reviewRecord({ fields, avoid }: Asked, response: Answer): Review {
  const read = fields.map(({ id }) => {
    const text = textIn(response, id);
    const judged = judgingWords(id === 'words' ? withoutQuotes(text) : text, avoid);
    return { id, text, holds: HOLDS[id](text), judged };
  });
  return { fields: read, judged: eachOnce(read.flatMap(({ judged }) => judged)) };
}

/** One share for each field that holds what can stand in it, less one for each word that judges; never below nothing. */
export function recordPoints(asked: Asked, response: Answer): number {
  const kept = pointsOfErased(response);
  if (kept !== null) return kept;
  const { fields, judged } = reviewRecord(asked, response);
  const shares = fields.filter(({ holds }) => holds).length - judged.length;
  return Math.round((Math.max(0, shares) * FULL_POINTS) / fields.length);
}

/** The fields that are blank, or hold more than they may. */
export function openFieldsOf({ fields }: Asked, response: Answer): readonly ReportField[] {
  return fields
    .map(({ id }) => id)
    .filter(id => textIn(response, id) === '' || isTooLong(textIn(response, id)));
}

/** The text of one field; '' where there is none. */
export function textIn(response: Answer, id: ReportField): string {
  const value = response[id];
  return typeof value === 'string' ? tidy(value) : '';
}

/** As a text is kept: Unicode in one form, nothing unseen (a line ends with one character), no blanks around it. */
export function tidy(typed: string): string {
  return typed
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .normalize('NFC')
    .trim();
}

export function isTooLong(text: string): boolean {
  return [...text].length > FIELD_LIMIT;
}

/**
 * Can this text be such a field? Presence only, and generous to people who write in a second language or in another
 * script: nothing is asked of spelling, grammar or truth.
 */
const HOLDS: Readonly<Record<ReportField, (text: string) => boolean>> = {
  // Digits of any script; a word that begins like a time ("evening", "evenings"); a script that the list cannot know.
  time: text => /\p{N}/u.test(text) || TIME_WORD.test(text) || /(?!\p{Script=Latin})\p{L}/u.test(text),
  place: text => /\p{L}/u.test(text),
  behaviour: text => countWords(text) >= 2,
  words: text => countWords(text) >= 2,
  told: text => /\p{L}/u.test(text),
};

const TIME_WORD =
  /(?<!\p{L})(?:morn|noon|mid-?day|mid-?night|after|before|ev[ei]?n|night|to-?day|to-?night|yester|dawn|dusk|sun ?rise|sun ?set|o['’ ]?clock|hour|minute|half past|quarter|now|just|during|while|when|early|late|lunch|dinner|breakfast|mon|tues|wednes|thurs|fri|satur|sun|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)/iu;

/** In scripts that put no blanks between words, each letter counts as one. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

const countWords = (text: string): number => text.match(WORD)?.length ?? 0;

/** A quotation that is not closed goes on to the end. */
const QUOTED = [
  /["“„”][^"“„”]*(?:["“”]|$)/g,
  /[«»][^«»]*(?:[«»]|$)/g,
  /[「『][^」』]*(?:[」』]|$)/g,
  // An apostrophe inside a word does not close one.
  /(?<!\p{L})['‘’].+?(?:['’](?!\p{L})|$)/gsu,
];

const SPEAKING =
  /[:：]|(?<!\p{L})(?:said|says?|told|tells?|asked|asks?|shouted|whispered|answered|replied|heard)(?!\p{L})/iu;

/**
 * What the writer adds to the words that were heard, which are not judged. Where no quotation marks are set, the
 * words begin at a colon or after "said" or the like; where there is none of these, all of it is taken as heard.
 */
function withoutQuotes(text: string): string {
  const added = QUOTED.reduce((left, quoted) => left.replace(quoted, ' '), text);
  return added === text ? text.slice(0, SPEAKING.exec(text)?.index ?? 0) : added;
}
