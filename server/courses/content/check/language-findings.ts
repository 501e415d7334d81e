import { languageFaults } from '../../../language/find-language.js';
import { wordPattern } from '../../../language/house-words.js';
import type { LanguageFault, LanguageText } from '../../../language/language-text.js';
import { patterns } from '../../../language/patterns.js';
import type { Path } from '../load/yaml-source.js';
import type { CheckInput } from './findings.js';
import { banks, textsIn } from './findings.js';
import { learnerTexts } from './learner-texts.js';

/** Faults of language in everything that a learner reads, and in the texts of screens that are given. */
export function checkLanguage(input: CheckInput, screens: readonly LanguageText[]): LanguageFault[] {
  const words = input.content.words.map(wordPattern);
  return languageFaults([...screens, ...lessonTexts(input)], [...patterns, ...words]);
}

function lessonTexts(input: CheckInput): LanguageText[] {
  const early = new Set(
    banks(input.content)
      .filter(({ edition }) => edition === 1)
      .map(({ file }) => file),
  );
  return [...learnerTexts(input), ...hotlineTexts(input)]
    .filter(({ path }) => !isCited(path))
    .map(({ file, line, path, text }) => ({
      file: `modules/${file}`,
      line,
      text,
      where: 'lessons' as const,
      ...roleOf(path),
      reported: early.has(file),
    }));
}

/** Titles and publishers of the sources of a pack are other people's words. */
const isCited = (path: Path): boolean => path[0] === 'sources';

function roleOf(path: Path): Pick<LanguageText, 'role'> {
  if (path.length === 1 && path[0] === 'title') return { role: 'title' };
  if (path[0] === 'objectives' && path.at(-1) === 'text') return { role: 'objective' };
  return {};
}

function hotlineTexts({
  content,
  lineOf,
}: CheckInput): { file: string; line: number; path: Path; text: string }[] {
  const file = 'hotlines.yaml';
  const { notice, countries } = content.hotlines;
  return [
    ...textsIn(notice, ['notice']),
    ...countries.flatMap(({ emergency, lines }, c) => [
      ...textsIn(emergency.note, ['countries', c, 'emergency', 'note']),
      ...lines.flatMap(({ note, hours, languages, answeredBy }, l) =>
        Object.entries({ note, hours, languages, answeredBy }).flatMap(([key, value]) =>
          textsIn(value, ['countries', c, 'lines', l, key]),
        ),
      ),
    ]),
  ].map(({ path, text }) => ({ file, line: lineOf(file, path), path, text }));
}
