import type {
  BlindReadings,
  Content,
  Edition,
  Fault,
  Lesson,
  Module,
  Pack,
  Regulation,
} from '../../teaching/content/schema/types.js';
import type { Item } from '../../teaching/questions/item.js';
import type { Path } from '../../teaching/content/load/yaml-source.js';
import { countWords } from '../../platform/lib/text/words.js';
import { longestSentence } from './language/readability.js';
import { sentences } from '../../platform/lib/text/sentences.js';

/** What every part of the check is given: the content, the time of the check, and a way to name lines. */
export type CheckInput = {
  content: Content;
  now: number;
  lineOf: (file: string, path: Path) => number;
};

/** What a part of the check found. A fault stops a release; a warning asks a person to look. */
export type Findings = { faults: Fault[]; warnings: Fault[] };

export const mergeFindings = (parts: Findings[]): Findings => ({
  faults: parts.flatMap(part => part.faults),
  warnings: parts.flatMap(part => part.warnings),
});

export const lessonFile = (module: Module, lesson: Lesson): string =>
  `${module.slug}/lessons/${lesson.name}.md`;

export const packFile = ({ module, code }: Pack): string => `${module}/packs/${code}.yaml`;

/** The file of a rule, and its path in there. */
export function regulationPlace({ regulations: { rules } }: Content, { id, subject }: Regulation) {
  const own = rules.filter(rule => rule.subject === subject);
  return {
    file: `regulations/${subject}.yaml`,
    at: ['rules', own.findIndex(rule => rule.id === id)] satisfies Path,
  };
}

/** A bank of items with its file: each module's, the finals', and the models. */
export type CheckedBank = {
  name: string;
  file: string;
  edition: Edition;
  items: Item[];
  blind: BlindReadings;
};

export function banks({ modules, final, models }: Content): CheckedBank[] {
  const named = (name: string, { edition, items, blind }: Omit<CheckedBank, 'name' | 'file'>) => ({
    name,
    file: `${name}/quiz.yaml`,
    edition,
    items,
    blind,
  });
  const others = Object.entries({ final, models });
  return [
    ...modules.map(module => named(module.slug, module)),
    ...others.flatMap(([name, bank]) => (bank ? [named(name, bank)] : [])),
  ];
}

/** Every text inside a value with the path to it. */
export function textsIn(value: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Every sentence of a text that is longer than the style allows; `at`: where the text is. */
export const longSentencesIn = (text: string, at: Pick<Fault, 'file' | 'line'>): Fault[] =>
  sentences(text)
    .filter(sentence => countWords(sentence) > longestSentence)
    .map(sentence => ({
      ...at,
      problem: `A sentence of ${countWords(sentence)} words: "${sentence.slice(0, 50)}…".`,
      fix: `Cut it to ${longestSentence} or fewer.`,
    }));

/** The same, of every text in a value of a file. */
export const longSentences = (file: string, value: unknown, lineOf: CheckInput['lineOf']): Fault[] =>
  textsIn(value).flatMap(({ path, text }) => longSentencesIn(text, { file, line: lineOf(file, path) }));
