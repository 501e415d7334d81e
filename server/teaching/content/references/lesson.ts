import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import { unknownExhibit } from './exhibit-references.js';
import type { KnownIds } from './known.js';
import { at } from './known.js';
import { bodyFaults, bodyReferences, EXERCISES, hotlineTokens } from '../load/lesson-body.js';
import { choiceFaults, factFaults, tokenFaults, tokenFix } from './question.js';
import type { Fault, Lesson } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';

/** A lesson names objectives, facts, checks, exhibits, tokens and lessons that exist, and its two halves agree. */
export function lessonFaults(
  lesson: LoadedFile<Lesson>,
  { objectives, exhibits }: { objectives: Set<string>; exhibits: readonly Exhibit[] },
  known: KnownIds,
): Fault[] {
  const { value, file } = lesson;
  const inBody = (line: number, problem: string, fix: string): Fault => ({
    file,
    line: value.bodyLine + line - 1,
    problem,
    fix,
  });
  const found = bodyReferences(value.body);
  const cited = new Set(found.facts.map(({ name }) => name));
  const placed = found.checks.map(({ name }) => name);
  return [
    ...bodyFaults(file, value.body, value.bodyLine),
    ...value.objectives.flatMap((id, o) =>
      objectives.has(id)
        ? []
        : [at(lesson, ['objectives', o], `The objective ${id} does not exist.`, 'Name one of module.yaml.')],
    ),
    ...factFaults(lesson, value.facts, ['facts'], known),
    ...value.facts.flatMap((id, f) =>
      cited.has(id)
        ? []
        : [
            at(
              lesson,
              ['facts', f],
              `${id} is listed but not cited in the text.`,
              `Write [${id}] where it is used, or remove it here.`,
            ),
          ],
    ),
    ...found.facts.flatMap(({ name, line }) =>
      value.facts.includes(name)
        ? []
        : [inBody(line, `${name} is cited but not listed in facts.`, `Add ${name} to the front matter.`)],
    ),
    ...value.checks.flatMap((check, c) => choiceFaults(lesson, check, ['checks', c])),
    ...(value.sorts ?? []).flatMap(({ id, groups, things }, s) =>
      things.flatMap(({ group }, t) =>
        group <= groups.length
          ? []
          : [
              at(
                lesson,
                ['sorts', s, 'things', t, 'group'],
                `${id} has ${groups.length} groups, and no group ${group}.`,
                `Write a number from 1 to ${groups.length}.`,
              ),
            ],
      ),
    ),
    ...(['checks', 'decisions', 'sorts'] as const).flatMap(list =>
      (value[list] ?? []).flatMap(({ id }, index) =>
        placed.filter(name => name === id).length === 1
          ? []
          : [
              at(
                lesson,
                [list, index, 'id'],
                `${id} is not placed exactly once in the text.`,
                `Write {{check ${id}}} once, on its own line.`,
              ),
            ],
      ),
    ),
    ...found.checks.flatMap(({ name, line }) =>
      [...value.checks, ...(value.decisions ?? []), ...(value.sorts ?? [])].some(({ id }) => id === name)
        ? []
        : [
            inBody(
              line,
              `The check ${name} is not in the front matter.`,
              'Add it under checks, decisions or sorts, or remove the line.',
            ),
          ],
    ),
    ...found.exhibits.flatMap(({ name, line }) =>
      exhibits.some(({ id }) => id === name) ? [] : [inBody(line, ...unknownExhibit(name, exhibits))],
    ),
    ...found.exercises.flatMap(({ name, line }) =>
      name in EXERCISES
        ? []
        : [
            inBody(
              line,
              `There is no exercise "${name}".`,
              `Name one of: ${Object.keys(EXERCISES).join(', ')}.`,
            ),
          ],
    ),
    ...found.tokens.flatMap(({ name, line }) =>
      hotlineTokens.includes(name) ? [] : [inBody(line, `{{${name}}} is not known.`, tokenFix)],
    ),
    ...found.lessons.flatMap(({ name, line }) =>
      known.lessons.has(name) || known.unread.has(name.split('/')[0] ?? '')
        ? []
        : [
            inBody(
              line,
              `The lesson "${name}" does not exist.`,
              'Write the link as lesson:module-name/02-lesson-name.',
            ),
          ],
    ),
    ...tokenFaults(lesson, { ...value, body: '' }, []),
  ];
}
