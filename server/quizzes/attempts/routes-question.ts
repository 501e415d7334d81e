import { Router } from 'express';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { wantsPage } from '../../http/error-pages.js';
import { spoken } from '../../i18n/spoken.js';
import { parseInteger } from '../../lib/numbers.js';
import { answerJson } from './answer-json.js';
import { answerSlot } from './answer-slots.js';
import { savedAnswers, type AttemptFacts } from './attempts.js';
import { submitAttempt } from './submit.js';
import { readConfidence } from '../grading/confidence.js';
import { itemIn, openSlots, questionsIn } from '../quiz.js';
import { attemptAddresses, answerInWords, questionValues, retyped } from './question-page.js';
import { loadAttempt } from './routes-load.js';

/** Answering: one question a page, a last look, handing in. */
export function routes({ show, clock, settle }: Pick<WebDeps, 'show' | 'clock' | 'settle'>): Router {
  const router = Router();
  const t = spoken;

  router.get('/attempts/:attempt/questions/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
    const kept = await savedAnswers(attempt.id);
    const values = questionValues(attempt, quiz, kept, slot, t);
    show(
      req,
      res,
      'quizzes/attempts/question',
      { ...values, saved: savedAt(kept, slot) },
      { nav: 'learning' },
    );
  });

  router.post('/attempts/:attempt/answers/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    const to = attemptAddresses(attempt.id);
    const drawn = attempt.form[slot - 1];
    if (!drawn) throw new NotFound();
    const { item, type } = itemIn(quiz, drawn);
    // A case goes on where it is, with what the decision led to.
    const onward = type.mayFollow ? to.question(slot) : afterSlot(attempt, slot);
    const now = clock();
    const answered = await answerSlot(attempt, quiz, { slot, form: req.body as unknown }, now);
    if (!wantsPage(req)) {
      const { status, body } = answerJson(answered, { now, next: onward, result: to.result }, t);
      res.status(status).set('Cache-Control', 'no-store').json(body);
      return;
    }
    const again = async (problem: object, status: 409 | 422) => {
      const values = questionValues(attempt, quiz, await savedAnswers(attempt.id), slot, t);
      const said = readConfidence(req.body);
      // In another tab the other one's answer is shown, and how sure it was.
      if (status === 422 && said.ok) values.confidence = said.confidence;
      show(
        req,
        res,
        'quizzes/attempts/question',
        { ...values, told: true, ...problem },
        { status, nav: 'learning' },
      );
    };

    if (answered.kind === 'closed' || answered.kind === 'out-of-time') return res.redirect(303, to.result);
    if (answered.kind === 'stale') {
      return again({ stale: { yours: answerInWords(quiz, attempt, slot, answered.sent, t) } }, 409);
    }
    if (answered.kind === 'unclear') {
      const shown = answered.typed && retyped({ item, type }, answered.typed, t);
      return again({ error: t(`question.problem.${answered.problem}`), ...shown }, 422);
    }
    if (answered.kind === 'refused') return again({ error: t('question.problem.unreadable') }, 422);
    if (answered.kind !== 'kept' && answered.kind !== 'same')
      throw new Conflict('The answer could not be kept');
    // Half an answer is kept, and asked for again.
    if (!answered.isWhole) return again({ error: t('question.problem.half') }, 422);
    res.redirect(303, onward);
  });

  router.get('/attempts/:attempt/review', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const to = attemptAddresses(attempt.id);
    if (attempt.submittedAt !== null) return res.redirect(303, to.result);
    const isOnePage = req.query.view === 'page';
    const missing = openSlots(quiz, attempt.form, await savedAnswers(attempt.id)).map(position => {
      const isCase = attempt.form[position - 1]?.itemId === quiz.scenario?.id;
      return { position, isCase, href: isOnePage && !isCase ? to.part(position) : to.question(position) };
    });
    const total = questionsIn(quiz, attempt.form);
    const values = {
      answered: total - missing.filter(({ isCase }) => !isCase).length,
      total,
      missing,
      action: to.submission,
      backHref: isOnePage ? to.questions : to.question(attempt.form.length),
    };
    show(req, res, 'quizzes/attempts/review', values, { nav: 'learning' });
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

function afterSlot({ id, form }: AttemptFacts, slot: number): string {
  const to = attemptAddresses(id);
  return slot < form.length ? to.question(slot + 1) : to.review;
}

function slotIn(attempt: AttemptFacts, text: unknown): number {
  const slot = parseInteger(text, { min: 1, max: attempt.form.length });
  if (slot === null) throw new NotFound();
  return slot;
}
