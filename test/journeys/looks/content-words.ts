import { currentCourses, library } from '../../../server/teaching/courses/catalogue.js';
import { renderedLesson } from '../../../server/teaching/courses/lesson-html.js';
import {
  countryOptions,
  localeOptions,
  timeZoneOptions,
} from '../../../server/people/organisations/settings/places.js';
import { rows } from '../../support/rows.js';

/** Letters only: quotes, dashes and line breaks differ between a source and its page. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, '');

/** Shorter than this, a text of the frame may stand in a lesson by chance: only a whole text of the content counts. */
const LONG = 30;
/** A page puts texts of the content behind one another; what it puts together has at least this many letters. */
const PART = 3;

/** Tells whether a text comes from the content of the courses, was typed by people, or names a place or a language. */
export type ContentWords = (text: string) => boolean;

/**
 * What is published and what is stored is read once, when the first page is asked about: it takes as long as many scenes, and in
 * most runs no page differs.
 */
export function contentWords(): () => Promise<ContentWords> {
  let read: Promise<ContentWords> | null = null;
  return () => (read ??= readContent());
}

async function readContent(): Promise<ContentWords> {
  const texts = new Set<string>();
  const take = (value: unknown): void => {
    if (typeof value === 'string')
      for (const part of [value, ...value.split(/\n|\*\*|`/)]) texts.add(lettersOf(part));
    else if (value && typeof value === 'object') Object.values(value).forEach(take);
  };
  for (const { content } of await rows<{ content: string }>('select content from course_versions')) {
    take(JSON.parse(content));
  }
  take(await library());
  for (const { snapshot } of await currentCourses()) {
    for (const lesson of snapshot.modules.flatMap(module => module.lessons)) {
      const { blocks, sources } = renderedLesson(snapshot, lesson, '.');
      take(sources);
      for (const block of blocks) {
        if (block.kind === 'section') take(block.html.split(/<[^>]*>/).map(unescaped));
      }
    }
  }
  take(await typed());
  take([countryOptions('en'), localeOptions('en'), timeZoneOptions()].flat().map(({ label }) => label));
  const all = [...texts].join(' ');
  return text => {
    const letters = lettersOf(text);
    const behindItsLetter = lettersOf(text.replace(/^\w · /, ''));
    // Cut short.
    if (text.endsWith('…')) return all.includes(behindItsLetter);
    if (letters.length >= LONG && all.includes(letters)) return true;
    return texts.has(letters) || texts.has(behindItsLetter) || isRow(letters, texts);
  };
}

/** Names, lines and facts that people or an earlier moment wrote into the database. */
const typed = async (): Promise<unknown> => [
  await rows('select name from users'),
  await rows('select name from organisations'),
  await rows('select title from requirement_versions'),
  await rows('select name, code from units'),
  await rows('select name from membership_people'),
  await rows('select name, hours from own_hotlines'),
  await rows('select name from identity_providers'),
  await rows('select note from suspensions'),
  await rows('select reason from regrades'),
  await rows('select name, why, answer from name_requests'),
  (await rows<{ header: string }>('select header from rosters')).map(
    ({ header }) => JSON.parse(header) as unknown,
  ),
  (await rows<{ facts: string }>('select facts from certificates')).map(
    ({ facts }) => JSON.parse(facts) as unknown,
  ),
];

/** Whether the letters are some texts, one after the other, such as a publisher, a title and a place in it. */
function isRow(letters: string, texts: ReadonlySet<string>): boolean {
  const reached = [true];
  for (let end = PART; end <= letters.length; end++) {
    for (let start = end - PART; start >= 0 && !reached[end]; start--) {
      reached[end] = Boolean(reached[start]) && texts.has(letters.slice(start, end));
    }
  }
  return letters.length > 8 && Boolean(reached[letters.length]);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const unescaped = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot);/g, entity => ENTITIES[entity] ?? entity);
