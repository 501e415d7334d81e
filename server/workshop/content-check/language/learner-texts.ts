import type { CheckInput } from '../findings.js';
import { banks, lessonFile, packFile, regulationPlace, textsIn } from '../findings.js';
import { passages } from '../../../teaching/content/load/lesson-body.js';
import type { Path } from '../../../teaching/content/load/yaml-source.js';
import { statementsOf } from '../../../teaching/content/pack-answers.js';
import type { Lesson, Pack, Regulation } from '../../../teaching/content/schema/types.js';
import { exhibitOf, type Exhibiting } from '../../../teaching/exhibits/exhibit-parts.js';
import type { Item } from '../../../teaching/questions/item.js';
import { questionTypes } from '../../../teaching/questions/question-types.js';
import type { Scenario } from '../../../teaching/questions/types/scenario/scenario-shape.js';

/**
 * A text with its place: the line of its file, and the path of the value in it (empty in the Markdown of a lesson). `names` is set
 * where a text may name a word in order to teach against it: the first column of a table of swaps.
 */
export type Placed = { file: string; line: number; path: Path; text: string; names?: true };

/** Everything that a learner may read, with its place. */
export function learnerTexts({ content, lineOf }: CheckInput): Placed[] {
  const placed = (file: string, value: unknown, path: Path = []): Placed[] =>
    textsIn(value, path).map(found => ({ file, line: lineOf(file, found.path), ...found }));
  return [
    ...content.modules.flatMap(module => [
      ...placed(`${module.slug}/module.yaml`, {
        title: module.title,
        learnerTitle: module.learnerTitle,
        summary: module.summary,
        objectives: module.objectives,
        notice: module.notice,
        care: module.care,
      }),
      ...placed(`${module.slug}/scenario.yaml`, scenarioWords(module.scenario)),
      ...placed(`${module.slug}/exhibits.yaml`, { exhibits: module.exhibits }),
      ...module.lessons.flatMap(lesson => {
        const file = lessonFile(module, lesson);
        const { body: _, name: __, exhibits: ___, ...head } = lesson;
        return [...placed(file, head), ...bodyTexts(file, lesson)];
      }),
    ]),
    ...banks(content).flatMap(({ file, items }) => placed(file, { items: items.map(wordingOf) })),
    ...(['final', 'models'] as const).flatMap(name => [
      ...(content[name]?.scenarios ?? []).flatMap(scenario =>
        placed(`${name}/scenarios/${scenario.id}.yaml`, scenarioWords(scenario)),
      ),
      ...placed(`${name}/exhibits.yaml`, { exhibits: content[name]?.exhibits }),
    ]),
    ...placed('remediation.yaml', { rules: content.remediation }),
    ...placed('cards.yaml', { cards: content.cards.map(({ written: _, ...words }) => words) }),
    ...content.regulations.rules.flatMap(rule => {
      const { file, at } = regulationPlace(content, rule);
      return placed(file, regulationWords(rule), at);
    }),
    ...placed('regulations/gaps.yaml', { gaps: content.regulations.gaps.map(({ text }) => ({ text })) }),
    ...content.courses.flatMap(course =>
      placed(`courses/${course.slug}.yaml`, {
        title: course.title,
        audience: course.audience,
        summary: course.summary,
        criteria: course.criteria,
        renewal: { criteria: course.renewal?.criteria },
        certificate: course.certificate,
      }),
    ),
    ...content.packs.flatMap(pack =>
      packTexts(pack).flatMap(({ path, text }) => placed(packFile(pack), text, path)),
    ),
    ...content.facts.flatMap(({ statement }, f) =>
      placed('facts.yaml', statement, ['facts', f, 'statement']),
    ),
    ...content.glossary.flatMap(({ meaning }, t) =>
      placed('glossary.yaml', meaning, ['terms', t, 'meaning']),
    ),
  ];
}

const wordingOf = (item: Item): object => questionTypes.of(item).wording(ownWords(item));

const scenarioWords = ({ nodes, ...scenario }: Scenario): object => ({
  ...scenario,
  nodes: nodes.map(ownWords),
});

/** Without an exhibit that stands in a file of exhibits: it is read there, once. */
function ownWords<T extends Exhibiting>(of: T): T {
  return exhibitOf(of)?.id === undefined ? of : { ...of, exhibit: undefined };
}

/** The prose of a rule, without its codes and ids. */
const regulationWords = ({ title, who, topics, says, penalty, places, source, approval }: Regulation) => ({
  ...{ title, who, says, penalty, source, approval },
  topics: topics.map(({ text }) => ({ text })),
  places: places.map(({ text }) => ({ text })),
});

/** The prose of a pack, without its dates and ids. */
const packTexts = (pack: Pack): { path: Path; text: string }[] => [
  ...textsIn({ name: pack.name, title: pack.title, summary: pack.summary, limits: pack.limits }),
  ...pack.places.flatMap(({ name }, p) => textsIn({ name }, ['places', p])),
  ...statementsOf(pack).flatMap(({ path, statement: { text } }) => textsIn({ text }, path)),
  ...pack.sources.flatMap(({ title, publisher }, s) => textsIn({ title, publisher }, ['sources', s])),
];

function bodyTexts(file: string, { body, bodyLine }: Lesson): Placed[] {
  const lines = body.split('\n');
  return passages(body).map(({ line, text }) => ({
    file,
    line: bodyLine + line - 1,
    path: [],
    text,
    ...(lines[line - 1]?.startsWith('|') ? { names: true } : {}),
  }));
}
