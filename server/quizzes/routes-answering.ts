import { Router } from 'express';
import { Conflict, NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { translator } from '../i18n/i18n.js';
import { parseInteger } from '../lib/numbers.js';
import { answersOf, saveAnswer, submitAttempt, type AttemptFacts } from './attempts.js';
import { itemIn, openSlots, questionsIn } from './quiz.js';
import { attemptAddresses, inWords, questionValues, retyped } from './question-page.js';
import { loadAttempt } from './routes-loading.js';

/** Answering: one question a page, a last look, handing in. */
export function routes({ show, clock, settle }: Pick<WebDeps, 'show' | 'clock' | 'settle'>): Router {
  const router = Router();
  const t = translator('en');

  router.get('/attempts/:attempt/questions/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
    const kept = await answersOf(attempt.id);
    const values = questionValues(attempt, quiz, kept, slot, t);
    show(req, res, 'quizzes/question', { ...values, saved: savedAt(kept, slot) }, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/answers/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    const to = attemptAddresses(attempt.id);
    const drawn = attempt.form[slot - 1];
    if (!drawn) throw new NotFound();
    const { item, type } = itemIn(quiz, drawn);
    const again = async (problem: object, status: 409 | 422) => {
      const values = questionValues(attempt, quiz, await answersOf(attempt.id), slot, t);
      show(req, res, 'quizzes/question', { ...values, ...problem }, { status, nav: 'learning' });
    };

    const sequence = parseInteger(typed(req.body, 'sequence'), { min: 0, max: 100_000 });
    const parsed = type.parse(req.body, item);
    if (sequence === null) return again({ error: t('question.problem.unreadable') }, 422);
    if (!parsed.ok) {
      const shown = parsed.typed && retyped(type.present(item, drawn.optionOrder), parsed.typed, t);
      return again({ error: t(`question.problem.${parsed.problem}`), ...shown }, 422);
    }
    const saved = await saveAnswer(attempt, quiz, { slot, sequence, response: parsed.response }, clock());
    if (saved.kind === 'closed') return res.redirect(303, to.result);
    if (saved.kind === 'stale') {
      return again({ stale: { yours: inWords(quiz, attempt, slot, parsed.response, t) } }, 409);
    }
    if (saved.kind === 'refused') return again({ error: t('question.problem.unreadable') }, 422);
    if (saved.kind !== 'kept' && saved.kind !== 'same') throw new Conflict('The answer could not be kept');
    // A case goes on where it is, with what the decision led to.
    if (type.mayFollow) return res.redirect(303, to.question(slot));
    // Half an answer is kept, and asked for again.
    if (!type.isComplete(item, parsed.response)) return again({ error: t('question.problem.half') }, 422);
    res.redirect(303, slot < attempt.form.length ? to.question(slot + 1) : to.review);
  });

  router.get('/attempts/:attempt/review', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const to = attemptAddresses(attempt.id);
    if (attempt.submittedAt !== null) return res.redirect(303, to.result);
    const missing = openSlots(quiz, attempt.form, await answersOf(attempt.id)).map(position => ({
      position,
      isCase: attempt.form[position - 1]?.itemId === quiz.scenario?.id,
      href: to.question(position),
    }));
    const total = questionsIn(quiz, attempt.form);
    const values = {
      answered: total - missing.filter(({ isCase }) => !isCase).length,
      total,
      missing,
      action: to.submission,
      backHref: to.question(attempt.form.length),
    };
    show(req, res, 'quizzes/review', values, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/submission', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    await submitAttempt(attempt, quiz, clock());
    // The certificate, if this was the last quiz, is there when the next page asks for it.
    await settle();
    res.redirect(303, attemptAddresses(attempt.id).result);
  });

  function savedAt(kept: { slot: number }[], slot: number): { time: string } | null {
    return kept.some(each => each.slot === slot) ? { time: t('question.earlier') } : null;
  }

  return router;
}

function slotIn(attempt: AttemptFacts, text: unknown): number {
  const slot = parseInteger(text, { min: 1, max: attempt.form.length });
  if (slot === null) throw new NotFound();
  return slot;
}
