import { z } from 'zod';
import { scenarioSchema } from './scenario-schema.js';
import {
  bestPath,
  decisionsLeft,
  readPath,
  walk,
  writePath,
  type CaseNode,
  type Walk,
} from './scenario-walk.js';
import type { Scenario } from './scenario-schema.js';
import { isRight, scoreCase } from './case-score.js';
import type { Answer } from '../../answer.js';
import { sameAnswer } from '../../answer.js';
import { readTexts } from '../../form.js';
import { itemFields } from '../../item.js';
import { FULL_POINTS, type Presented, type QuestionType } from '../../question-type.js';

const itemSchema = z.strictObject({
  ...itemFields,
  type: z.literal('scenario'),
  scenario: scenarioSchema,
});

/** A case as an item. Its `critical` is false: which never-rule a decision breaks is said by the choice itself. */
export type CaseItem = z.infer<typeof itemSchema>;

/** Where the learner stands. Holds no quality, no reason and no ending: those would tell the key. */
export interface PresentedCase extends Presented {
  readonly title: string;
  readonly role: string;
  readonly opening: string;
  /** What happens before the decision; empty at the end. */
  readonly text: string;
  /** The decisions so far, as the form sends them back. */
  readonly path: string;
  readonly decision: number;
  /** How many decisions there are in all; null where that depends on what is chosen. */
  readonly total: number | null;
  /** The last choice and what came of it; null before the first. */
  readonly last: { readonly choice: string; readonly result: string } | null;
  readonly isEnded: boolean;
}

/**
 * A branching case, one decision after another, none of which can be taken back. Form fields: `path`, the decisions
 * behind as `a.c`, and `choice`. Answer: `{path: ['a', 'c', 'b']}`, each decision kept as it is made.
 */
export const scenario: QuestionType<CaseItem> = {
  name: 'scenario',
  itemSchema,

  parse(form, item) {
    const [path, choices] = [readTexts(form, 'path'), readTexts(form, 'choice')];
    const behind = readPath(path?.[0] ?? '');
    if (!behind || path === null || path.length > 1 || choices === null || choices.length > 1)
      return { ok: false, problem: 'unreadable' };
    const [choice] = choices;
    if (choice === undefined) return { ok: false, problem: 'missing' };
    const sent = [...behind, choice];
    return walk(item.scenario, sent)
      ? { ok: true, response: { path: sent } }
      : { ok: false, problem: 'unreadable' };
  },

  isComplete(item, response) {
    return walkOf(item.scenario, response).ending !== null;
  },

  same: sameAnswer,

  /** The share of the decisions that were right, rounded down; nothing before an ending is reached. */
  grade(item, response) {
    const { right, steps, ending } = scoreCase(walkOf(item.scenario, response));
    return ending ? Math.floor((right * FULL_POINTS) / steps) : 0;
  },

  summarise(item, response) {
    return { truth: null, texts: walkOf(item.scenario, response).steps.map(({ choice }) => choice.text) };
  },

  feedback(item, response) {
    return walkOf(item.scenario, response).steps.map(({ choice }) => choice.reason);
  },

  explain(item, response) {
    return walkOf(item.scenario, response).steps.map(({ node, choice }) => ({
      label: node.question,
      text: choice.text,
      feedback: choice.reason,
      chosen: true,
      correct: isRight(choice),
      instead: null,
    }));
  },

  present(item, optionOrder, response = null): PresentedCase {
    const { title, role, opening } = item.scenario;
    const { steps, node } = walkOf(item.scenario, response ?? {});
    const last = steps.at(-1)?.choice;
    const { least, most } = decisionsLeft(item.scenario, node?.id ?? '');
    return {
      type: item.type,
      stem: node?.question ?? item.stem,
      options: node ? inOrder(node, optionOrder) : [],
      ...{ title, role, opening },
      text: node?.text ?? '',
      path: writePath(steps.map(({ choice }) => choice.id)),
      decision: node ? steps.length + 1 : steps.length,
      total: least === most ? steps.length + least : null,
      last: last ? { choice: last.text, result: last.result } : null,
      isEnded: node === null,
    };
  },

  correctResponse(item) {
    return { path: bestPath(item.scenario) };
  },

  /** The mean over all whole paths, each as likely as any other. A case has a thousand or so at most. */
  guessScore(item) {
    const points = wholePaths(item.scenario, []).map(path => scenario.grade(item, { path }));
    return points.reduce((sum, each) => sum + each, 0) / (points.length * FULL_POINTS);
  },

  mayFollow(item, kept, sent) {
    const behind = pathOf(kept ?? {});
    const path = pathOf(sent);
    const goesOn = path.length === behind.length + 1 && behind.every((id, at) => path[at] === id);
    return goesOn && walk(item.scenario, path) !== null;
  },
};

/** A stored answer that is no path of this case counts as one that was never begun. */
export function walkOf(of: Scenario, response: Answer): Walk {
  const found = walk(of, pathOf(response)) ?? walk(of, []);
  if (!found) throw new RangeError(`The case ${of.id} does not begin`);
  return found;
}

const pathOf = ({ path }: Answer): readonly string[] =>
  path === undefined ? [] : typeof path === 'string' ? [path] : path;

/** The choices of a decision, id and text only; `order` lists letters, of which a decision has the first few. */
function inOrder({ id, choices }: CaseNode, order: readonly string[]): { id: string; text: string }[] {
  const shown = order.flatMap(letter => choices.filter(choice => choice.id === letter));
  if (shown.length !== choices.length || new Set(shown).size !== choices.length)
    throw new RangeError(`The order "${order.join(' ')}" is not one of the choices of ${id}`);
  return shown.map(choice => ({ id: choice.id, text: choice.text }));
}

function wholePaths(of: Scenario, path: readonly string[]): (readonly string[])[] {
  const { node } = walkOf(of, { path });
  return node ? node.choices.flatMap(({ id }) => wholePaths(of, [...path, id])) : [path];
}
