import type { CheckInput, Findings } from './findings.js';
import { banks, lessonFile, mergeFindings, packFile, textsIn } from './findings.js';
import { passages } from '../load/lesson-body.js';
import { statementsOf } from '../pack-answers.js';
import type { Fault, Lesson, Pack } from '../schema/types.js';
import { exhibitOf, type Exhibiting } from '../../../exhibits/exhibit-parts.js';
import type { Scenario } from '../../../questions/types/scenario/scenario-shape.js';
import type { Item } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';
import { titleNote, wordingRules } from './wording.js';
import type { Path } from '../load/yaml-source.js';

/**
 * Telephone numbers belong to the directory, never to prose: anything with a plus, three or
 * more groups of digits, a well-known short number, or digits that one is told to call. Spans of years do not count.
 */
const phone =
  /\+\d[\d ()-]{6,}\d|(?<![\d.,])\d{1,5}(?:[ -]\d{2,4}){2,}|\b(?:1343|1383|116 ?000|116 ?111|911|999|112)\b|\b(?:call|dial|ring) \d{3,}/i;

/** `names` is set where a text may name a word in order to teach against it: the first column of a table of swaps. */
type Placed = { file: string; line: number; text: string; names?: true };

/** Forbidden and doubtful words, and telephone numbers, in everything that a learner may read. */
export function checkWording(input: CheckInput): Findings {
  return mergeFindings(learnerTexts(input).map(wordingFindings));
}

function learnerTexts({ content, lineOf }: CheckInput): Placed[] {
  const placed = (file: string, value: unknown, path: Path = []): Placed[] =>
    textsIn(value, path).map(found => ({ file, line: lineOf(file, found.path), text: found.text }));
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
    ...content.courses.flatMap(course =>
      placed(`courses/${course.slug}.yaml`, {
        title: course.title,
        audience: course.audience,
        summary: course.summary,
        criteria: course.criteria,
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
    text,
    ...(lines[line - 1]?.startsWith('|') ? { names: true } : {}),
  }));
}

function wordingFindings({ file, line, text, names }: Placed): Findings {
  const found: Findings = { faults: [], warnings: [] };
  const isReference = file === 'facts.yaml' || file === 'glossary.yaml';
  if (text.includes(titleNote)) return found;
  for (const { pattern, use, strength } of wordingRules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const fault: Fault = { file, line, problem: `Wording: "${match[0]}".`, fix: `Write: ${use}.` };
    if (strength === 'must' && !names && !isQuoted(text, match.index)) found.faults.push(fault);
    else if (!isReference) found.warnings.push(fault);
  }
  const number = isReference ? undefined : phone.exec(text)?.[0];
  if (number !== undefined)
    found.faults.push({
      file,
      line,
      problem: `A telephone number in the text: "${number}".`,
      fix: file.includes('/packs/')
        ? 'Name its line under hotlines.'
        : 'Write {{hotline.primary}}, {{hotline.emergency}} or {{hotline.child}}.',
    });
  return found;
}

/** A word inside double quotation marks is mentioned or reported, not used: a warning, no fault. */
function isQuoted(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.split('"').length % 2 === 0 || before.lastIndexOf('“') > before.lastIndexOf('”');
}
