import { languageFaults } from '../../language/find-language.js';
import { wordPattern } from '../../language/house-words.js';
import { judgeLanguage, type JudgedLanguage } from '../../language/judge-language.js';
import type { LanguageFault, LanguageText } from '../../language/language-text.js';
import { patterns } from '../../language/patterns.js';
import type { Path } from '../../../teaching/content/load/yaml-source.js';
import type { Fault } from '../../../teaching/content/schema/types.js';
import type { CheckInput, Findings } from '../findings.js';
import { banks, textsIn } from '../findings.js';
import { learnerTexts } from './learner-texts.js';

const FILE = 'glossary.yaml';

/** Faults of language in everything that a learner reads, and in the texts of screens that are given. */
export function checkLanguage(
  input: CheckInput,
  screens: readonly LanguageText[],
): Findings & { language: JudgedLanguage } {
  const { words, excused, held } = input.content.language;
  const known = [...patterns, ...words.map(wordPattern)];
  const language = judgeLanguage(languageFaults([...screens, ...lessonTexts(input)], known), {
    excused,
    held,
  });
  const names = new Set(known.map(({ name }) => name));
  return {
    language,
    faults: [...language.failing.map(asFault), ...unknownNames(input, names)],
    // Without the screens, what is meant for them would look idle.
    warnings: screens.length > 0 ? idleFaults(input, language) : [],
  };
}

const asFault = ({ file, line, pattern, sentence, better }: LanguageFault): Fault => ({
  file,
  line,
  problem: `Language, ${pattern}: "${sentence}"`,
  fix: `Write: ${better}.`,
});

function unknownNames({ content, lineOf }: CheckInput, names: ReadonlySet<string>): Fault[] {
  const { excused, held } = content.language;
  const paths: [string, Path][] = [
    ...excused.map(({ pattern }, e): [string, Path] => [pattern, ['excused', e, 'pattern']]),
    ...Object.keys(held).map((pattern): [string, Path] => [pattern, ['held', pattern]]),
  ];
  return paths
    .filter(([name]) => !names.has(name))
    .map(([name, path]) => ({
      file: FILE,
      line: lineOf(FILE, path),
      problem: `There is no pattern "${name}".`,
      fix: 'Write the name as the language check prints it.',
    }));
}

/** Excuses and ceilings that are no longer needed. */
const idleFaults = ({ content, lineOf }: CheckInput, { idle, lower }: JudgedLanguage): Fault[] => [
  ...idle.map(excuse => ({
    file: FILE,
    line: lineOf(FILE, ['excused', content.language.excused.indexOf(excuse)]),
    problem: `No text contains "${excuse.sentence}" any more.`,
    fix: 'Remove the excuse.',
  })),
  ...lower.map(({ pattern, held, found }) => ({
    file: FILE,
    line: lineOf(FILE, ['held', pattern]),
    problem: `${pattern} is held at ${held}, and found ${found} times.`,
    fix: found > 0 ? `Hold it at ${found}.` : 'Remove it.',
  })),
];

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
