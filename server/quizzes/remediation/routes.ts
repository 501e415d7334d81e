import { Router, type Request } from 'express';
import type { SnapshotRemediation } from '../../courses/content/snapshot.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { spoken } from '../../i18n/spoken.js';
import { resultOf } from '../attempts/submit.js';
import { firstItem, missedRules, remediationOf, type PracticeItem } from './rules.js';
import { remediationListValues, ruleValues } from './remediation-page.js';
import { finishRemediation, practisedRules } from './completions.js';
import { loadAttempt } from '../attempts/routes-load.js';

/** After a missed safety rule: its words, a worked example, and a question on the same rule. Nothing is scored. */
export function routes({ show, clock }: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  const t = spoken;

  router.get('/attempts/:attempt/remediation', async (req, res) => {
    const { attempt, rules } = await load(req);
    const values = remediationListValues(attempt, rules, await practisedRules(attempt.id), t);
    show(req, res, 'quizzes/remediation/remediation', values, { nav: 'learning' });
  });

  router.get('/attempts/:attempt/remediation/:rule', async (req, res) => {
    const { remediation, ...loaded } = await loadRule(req);
    const { attempt } = loaded;
    const asked = remediation.items.find(({ id }) => id === req.query.item);
    const item = asked ?? firstItem(remediation, attempt.number);
    const done = await practisedRules(attempt.id);
    const values = ruleValues({ ...loaded, remediation, item, done }, null);
    show(req, res, 'quizzes/remediation/rule', values, { nav: 'learning' });
  });

  // Practice: explained at once and as often as one likes; what was chosen is not stored, only that the rule is done.
  router.post('/attempts/:attempt/remediation/:rule/answers/:item', async (req, res) => {
    const { remediation, ...loaded } = await loadRule(req);
    const { attempt } = loaded;
    const item = itemIn(remediation, req.params.item);
    const choice = typed(req.body, 'choice');
    const isAnswer = item.options.some(({ id }) => id === choice);
    if (choice === item.key) {
      await finishRemediation(attempt, { rule: remediation.rule, itemId: item.id }, clock());
    }
    const done = await practisedRules(attempt.id);
    const values = ruleValues({ ...loaded, remediation, item, done }, isAnswer ? choice : null);
    const errors = isAnswer ? {} : { [`${item.id}-${item.options[0]?.id}`]: t('question.problem.missing') };
    show(
      req,
      res,
      'quizzes/remediation/rule',
      { ...values, errors },
      { status: isAnswer ? 200 : 422, nav: 'learning' },
    );
  });

  return router;
}

/** An attempt that was not passed, and the rules it missed for which there is something to work through. */
async function load(req: Request) {
  const { attempt, quiz, course } = await loadAttempt(req);
  if (attempt.passed !== false) throw new NotFound();
  const missed = missedRules(await resultOf(attempt, quiz)).filter(rule => quiz.remediated.has(rule));
  const rules = missed.flatMap(rule => remediationOf(course.snapshot, rule) ?? []);
  if (rules.length === 0) throw new NotFound();
  return { attempt, course: course.snapshot, rules };
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
