import type { Request, Response } from 'express';
import type { SnapshotRemediation } from '../../content/snapshot.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { loadAttempt } from '../attempts/routes-load.js';
import { finishRemediation, practisedRules } from './completions.js';
import { remediationListValues, ruleValues } from './remediation-page.js';
import { rulesMissedAt } from './missed-rules.js';
import { firstItem, remediationOf, type PracticeItem } from './rules.js';

/** The safety rules that an attempt missed, to be practised. Nothing is scored. */
export async function showRemediation({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await load(req);
  const values = remediationListValues(loaded, await practisedRules(loaded.attempt.id), spoken);
  show(req, res, 'teaching/quizzes/remediation/remediation', values, { nav: 'learning' });
}

/** One rule: its words, a worked example, and a question on the same rule. */
export async function showRule({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadRule(req);
  const { attempt, remediation } = loaded;
  const asked = remediation.items.find(({ id }) => id === req.query.item);
  const item = asked ?? firstItem(remediation, attempt.number);
  const done = await practisedRules(attempt.id);
  const values = ruleValues({ ...loaded, item, done }, null, spoken);
  show(req, res, 'teaching/quizzes/remediation/rule', values, { nav: 'learning' });
}

/** Explains an answer at once, as often as one likes. The choice is not stored, only that the rule is practised. */
export async function practise({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadRule(req);
  const { attempt, remediation } = loaded;
  const item = itemIn(remediation, req.params.item);
  const choice = typed(req.body, 'choice');
  if (choice === item.key) {
    await finishRemediation(attempt, { rule: remediation.rule, itemId: item.id }, clock());
  }
  const isAnswer = item.options.some(({ id }) => id === choice);
  const done = await practisedRules(attempt.id);
  const values = ruleValues({ ...loaded, item, done }, isAnswer ? choice : null, spoken);
  const errors = isAnswer ? {} : missing(item);
  const status = isAnswer ? 200 : 422;
  show(req, res, 'teaching/quizzes/remediation/rule', { ...values, errors }, { status, nav: 'learning' });
}

/** The message at the first option. */
const missing = ({ id, options }: PracticeItem) => ({
  [`${id}-${options[0]?.id}`]: spoken('question.problem.missing'),
});

/** An attempt that was not passed, and the rules it missed for which there is something to work through. */
async function load(req: Request) {
  const { attempt, quiz, course } = await loadAttempt(req);
  if (attempt.passed !== false) throw new NotFound();
  const missed = (await rulesMissedAt(attempt.id)).filter(rule => quiz.remediated.has(rule));
  const rules = missed.flatMap(rule => remediationOf(course.snapshot, rule) ?? []);
  if (rules.length === 0) throw new NotFound();
  return { attempt, course: course.snapshot, rules, isPractice: quiz.practice === true };
}

async function loadRule(req: Request) {
  const loaded = await load(req);
  const remediation = loaded.rules.find(({ rule }) => rule === req.params.rule);
  if (!remediation) throw new NotFound();
  return { ...loaded, remediation };
}

function itemIn({ items }: SnapshotRemediation, id: unknown): PracticeItem {
  const item = items.find(each => each.id === id);
  if (!item) throw new NotFound();
  return item;
}
