import type { CheckInput, Findings } from './findings.js';
import { banks, lessonFile, merge, texts } from './findings.js';
import { passages } from './lesson-body.js';
import type { Fault } from './types.js';
import { titleNote, wordings } from './wording.js';
import type { Path } from './yaml-source.js';

/** Telephone numbers belong to the directory, never to prose (style, section 10). */
const phone = /(?:\+?\d[\d ()-]{6,}\d|\b(?:1343|1383|116 ?000|116 ?111|999|112)\b|\b(?:call|dial|ring) \d)/i;

type Placed = { file: string; line: number; text: string };

/** Forbidden and doubtful words, and telephone numbers, in everything that a learner may read. */
export function checkWording(input: CheckInput): Findings {
  return merge(learnerTexts(input).map(wordingFindings));
}

function learnerTexts({ content, lineOf }: CheckInput): Placed[] {
  const placed = (file: string, value: unknown, path: Path = []): Placed[] =>
    texts(value, path).map(found => ({ file, line: lineOf(file, found.path), text: found.text }));
  return [
    ...content.modules.flatMap(module => [
      ...placed(`${module.slug}/module.yaml`, {
        title: module.title,
        summary: module.summary,
        objectives: module.objectives,
        notice: module.notice,
        care: module.care,
      }),
      ...placed(`${module.slug}/scenario.yaml`, module.scenario),
      ...module.lessons.flatMap(lesson => {
        const file = lessonFile(module, lesson);
        const { body, bodyLine, name: _, ...head } = lesson;
        return [
          ...placed(file, head),
          ...passages(body).map(({ line, text }) => ({ file, line: bodyLine + line - 1, text })),
        ];
      }),
    ]),
    ...banks(content).flatMap(({ file, items }) => placed(file, { items })),
    ...(content.final?.scenarios ?? []).flatMap(scenario =>
      placed(`final/scenarios/${scenario.id}.yaml`, scenario),
    ),
    ...content.courses.flatMap(course =>
      placed(`courses/${course.slug}.yaml`, {
        title: course.title,
        audience: course.audience,
        summary: course.summary,
        criteria: course.criteria,
      }),
    ),
    ...content.facts.flatMap(({ statement }, f) =>
      placed('facts.yaml', statement, ['facts', f, 'statement']),
    ),
    ...content.glossary.flatMap(({ meaning }, t) =>
      placed('glossary.yaml', meaning, ['terms', t, 'meaning']),
    ),
  ];
}

function wordingFindings({ file, line, text }: Placed): Findings {
  const found: Findings = { faults: [], warnings: [] };
  const isReference = file === 'facts.yaml' || file === 'glossary.yaml';
  if (text.includes(titleNote)) return found;
  for (const { pattern, use, strength } of wordings) {
    const word = pattern.exec(text)?.[0];
    if (word === undefined) continue;
    const fault: Fault = { file, line, problem: `Wording: "${word}".`, fix: `Write: ${use}.` };
    if (strength === 'must') found.faults.push(fault);
    else if (!isReference) found.warnings.push(fault);
  }
  const number = isReference ? undefined : phone.exec(text)?.[0];
  if (number !== undefined)
    found.faults.push({
      file,
      line,
      problem: `A telephone number in the text: "${number}".`,
      fix: 'Write {{hotline.primary}}, {{hotline.emergency}} or {{hotline.child}}.',
    });
  return found;
}
