import type { Quiz } from '../quiz-model.js';
import { Router } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { spoken } from '../../i18n/spoken.js';
import { FINAL } from '../../learning/completion.js';
import { answerSlots } from './answer-slots.js';
import { savedAnswers, type AttemptFacts } from './attempts.js';
import { mendingLinks, partsOf, problemsOf } from './all-questions-page.js';
import { aboutQuiz, attemptAddresses } from './question-page.js';
import { openSlots, questionsIn } from '../quiz.js';
import { loadAttempt } from './routes-load.js';

/** All questions of an attempt on one page, as a learner may choose. The address alone says so: nothing is stored. */
export function routes({ show, clock }: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  const t = spoken;

  router.get('/attempts/:attempt/questions', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
    const values = await pageOf(attempt, quiz, new Map());
    const saved = 'saved' in req.query ? values.parts.some(({ isSaved }) => isSaved) : null;
    show(req, res, 'quizzes/attempts/questions', { ...values, saved }, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/answers', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const to = attemptAddresses(attempt.id);
    const form = req.body as unknown;
    const answered = await answerSlots(attempt, quiz, form, clock());
    const kinds = [...answered.values()].map(({ kind }) => kind);
    if (kinds.includes('closed') || kinds.includes('out-of-time')) return res.redirect(303, to.result);
    const problems = problemsOf(answered, { attempt, quiz, form }, t);
    if (problems.size > 0) {
      const isMendable = [...problems.values()].some(({ error }) => error !== null);
      const values = await pageOf(attempt, quiz, problems);
      return show(req, res, 'quizzes/attempts/questions', values, {
        status: isMendable ? 422 : 409,
        nav: 'learning',
      });
    }
    if (typed(form, 'then') !== 'review') return res.redirect(303, `${to.questions}?saved`);
    res.redirect(303, await afterQuestions(attempt, quiz));
  });

  async function pageOf(attempt: AttemptFacts, quiz: Quiz, problems: ReturnType<typeof problemsOf>) {
    const to = attemptAddresses(attempt.id);
    const kept = await savedAnswers(attempt.id);
    const parts = partsOf({ quiz, form: attempt.form, kept }, problems, t);
    const [first = 1] = openSlots(quiz, attempt.form, kept);
    return {
      title: quiz.name === FINAL ? t('course.final') : quiz.title,
      total: questionsIn(quiz, attempt.form),
      parts,
      errors: mendingLinks(parts, t),
      back: aboutQuiz(attempt, quiz, t),
      saved: null,
      told: problems.size > 0,
      hasCase: quiz.scenario !== null,
      oneHref: to.question(first),
      action: to.answers,
    };
  }

  return router;
}

/** The case, if there is one that has not ended; else the last look, which leads back to this page. */
async function afterQuestions({ id, form }: AttemptFacts, quiz: Quiz): Promise<string> {
  const to = attemptAddresses(id);
  const open = openSlots(quiz, form, await savedAnswers(id));
  const openCase = open.find(slot => slot > questionsIn(quiz, form));
  return openCase === undefined ? `${to.review}?view=page` : to.question(openCase);
}
