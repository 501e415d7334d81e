import type { Pack, Statement } from './schema/types.js';
import type { Path } from './load/yaml-source.js';

/** In the order of the page: what is needed while a child may be at risk comes before what can wait. */
const parts = ['contact', 'duty', 'definition', 'age', 'papers', 'communities'] as const;
const questions = [
  ...['whom', 'who', 'toWhom', 'howSoon', 'supervisor', 'offence', 'travel', 'force'],
  ...['child', 'doubt', 'needed', 'exempt', 'services', 'interpreters'],
];

/** One question of a pack with its answer. `part` and `question` are the keys in the file. */
export type PackAnswer = { part: (typeof parts)[number]; question: string; answer: Statement[] };

/** All questions of a pack, in order: stored content does not keep the order of keys. */
export const packAnswers = (pack: Pack): PackAnswer[] =>
  parts.flatMap(part =>
    Object.entries(pack[part])
      .map(([question, answer]) => ({ part, question, answer }))
      .sort((a, b) => questions.indexOf(a.question) - questions.indexOf(b.question)),
  );

/** Every statement of a pack, with the path to it in its file. */
export function statementsOf(pack: Pack): { path: Path; statement: Statement }[] {
  const lists: { path: Path; list: Statement[] }[] = [
    ...packAnswers(pack).map(({ part, question, answer }) => ({ path: [part, question], list: answer })),
    ...pack.places.map(({ answers }, p) => ({ path: ['places', p, 'answers'], list: answers })),
  ];
  return lists.flatMap(({ path, list }) => list.map((statement, s) => ({ path: [...path, s], statement })));
}
