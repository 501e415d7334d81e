import { ownView } from '../../../../platform/lib/own-view.js';
import { z } from 'zod';
import { exhibitOf } from '../../../exhibits/exhibit-parts.js';
import type { Exhibit } from '../../../exhibits/exhibit-shape.js';
import { sameAnswer, type Answer } from '../../answer.js';
import { readTexts } from '../../form.js';
import { scenarioId } from '../../item-shapes.js';
import { itemFields } from '../../item.js';
import { FULL_POINTS, type Presented, type QuestionType } from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { isRight, scoreCase } from './case-score.js';
import { mainPath } from './scenario-graph.js';
import { scenarioSchema } from './scenario-schema.js';
import { type Scenario } from './scenario-shape.js';
import {
  bestPath,
  decisionsLeft,
  readPath,
  walk,
  worstPath,
  writePath,
  type CaseNode,
  type Walk,
} from './scenario-walk.js';

const itemSchema = z.strictObject({
  ...itemFields,
  id: scenarioId,
  /** Empty in versions published before cases named an objective. */
  objective: z.string(),
  type: z.literal('scenario'),
  scenario: scenarioSchema,
});

/** A case as an item. Its `critical` is false: which safety rule a decision breaks is said by the choice itself. */
export type CaseItem = z.infer<typeof itemSchema>;

/** Where the learner stands. Holds no quality, no reason and no ending: those would tell the key. */
export interface PresentedCase extends Presented {
  readonly title: string;
  readonly role: string;
  readonly opening: string;
  /** What happens before the decision; empty at the end. */
  readonly text: string;
  /** What is in front of the learner then. */
  readonly exhibit: Exhibit | null;
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
  label: t => t('statistics.kind.scenario'),
  itemSchema,
  isBanked: false,
  isShort: false,
  findings: () => ({ faults: [], warnings: [] }),
  wording: item => item,
  seconds: item => caseSeconds(item.scenario),

  view: ownView('teaching/questions/types/scenario'),
  pageView: ownView('teaching/questions/types/scenario-page'),
  ownWords: [],
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
      exhibit: exhibitOf(node ?? {}),
      path: writePath(steps.map(({ choice }) => choice.id)),
      decision: node ? steps.length + 1 : steps.length,
      total: least === most ? steps.length + least : null,
      last: last ? { choice: last.text, result: last.result } : null,
      isEnded: node === null,
    };
  },
  hint: () => '',
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
  isComplete: (item, response) => walkOf(item.scenario, response).ending !== null,
  mending: () => ({ field: 'choice', open: [], lack: null }),
  same: sameAnswer,
  mayFollow(item, kept, sent) {
    const behind = pathOf(kept ?? {});
    const path = pathOf(sent);
    const goesOn = path.length === behind.length + 1 && behind.every((id, at) => path[at] === id);
    return goesOn && walk(item.scenario, path) !== null;
  },

  /** The share of the decisions that were right, rounded down; nothing before an ending is reached. */
  grade(item, response) {
    const { right, steps, ending } = scoreCase(walkOf(item.scenario, response));
    return ending ? Math.floor((right * FULL_POINTS) / steps) : 0;
  },
  unsafe: (item, response) => scoreCase(walkOf(item.scenario, response)).unsafe,
  ruleOfMiss: () => false,
  canBreak: ({ scenario: { nodes } }) => [
    ...new Set(nodes.flatMap(({ choices }) => choices.flatMap(each => ('never' in each ? each.never : [])))),
  ],
  partIsClose: false,
  correctResponse: item => ({ path: bestPath(item.scenario) }),
  wrongResponse: item => ({ path: worstPath(item.scenario) }),
  /** The mean over all whole paths, each as likely as any other. A case has a thousand or so at most. */
  guessScore(item) {
    const points = wholePaths(item.scenario, []).map(path => scenario.grade(item, { path }));
    return points.reduce((sum, each) => sum + each, 0) / (points.length * FULL_POINTS);
  },

  /** Of an answer in steps only the last is new. */
  summarise: (item, response) =>
    walkOf(item.scenario, response)
      .steps.slice(-1)
      .map(({ choice }) => choice.text),
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
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response, t) => ({ options: scenario.explain(item, response, t) }),

  choices: () => [],
  chosen: () => [],
  choiceName: id => id,
  /** What was made of a case is said by its ending, not by options. */
  judging: () => ({ offered: [], given: [] }),

  /** Other programs know no such question. */
  exchange: () => null,
  importedFrom: null,

  acceptsAnswers: false,
  parts: item => item.id,
};

/** The case of a quiz as an item of its own. */
export const itemOfCase = (of: Scenario): CaseItem => ({
  id: of.id,
  objective: of.objective ?? '',
  level: 'evaluate',
  type: 'scenario',
  depth: 'full',
  critical: false,
  judgement: of.judgement,
  stem: of.title,
  facts: [],
  scenario: of,
});

/** The letters that a case gives to choices: each form shows them in an order of its own. */
export const caseLetters = ({ nodes }: Scenario): { id: string }[] =>
  [...new Set(nodes.flatMap(({ choices }) => choices.map(({ id }) => id)))].sort().map(id => ({ id }));

/** Seconds of a case by its main path. */
export const caseSeconds = (of: Scenario): number => mainPath(of).length * SECONDS.steps;

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
