import type { Translate } from '../../../platform/i18n/i18n.js';
import type { Answer } from '../../questions/answer.js';
import { readTexts } from '../../questions/form.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { readConfidence } from '../grading/confidence.js';
import { partsOfForm } from '../form-parts.js';
import { isCase, openSlots, questionsIn } from '../quiz.js';
import type { Confidence, Kept, Quiz } from '../quiz-model.js';
import { quizName } from '../quiz-words.js';
import type { Answered } from './answer-slots.js';
import type { AttemptFacts } from './attempts.js';
import { prefixOf, subForm } from './field-prefix.js';
import { aboutQuiz, answerInWords, attemptAddresses, questionPart } from './question-page.js';

/** What is to be mended in one slot: the words for it, and what is shown in place of the saved answer. */
interface Problem {
  readonly error: string | null;
  readonly stale: { readonly yours: string } | null;
  readonly typed: Answer | null;
  readonly confidence: Confidence | null;
}

/** By slot. */
export type Problems = ReadonlyMap<number, Problem>;

const NO_PROBLEM: Problem = { error: null, stale: null, typed: null, confidence: null };

/** The values of the page with all questions of an open attempt. */
export function allQuestionsValues(
  attempt: AttemptFacts,
  quiz: Quiz,
  kept: readonly Kept[],
  problems: Problems,
  t: Translate,
) {
  const to = attemptAddresses(attempt.id);
  const parts = partsOf({ quiz, form: attempt.form, kept }, problems, t);
  const [first = 1] = openSlots(quiz, attempt.form, kept);
  return {
    title: quizName(quiz.name, quiz.learnerTitle, t),
    total: questionsIn(quiz, attempt.form),
    parts,
    errors: mendingLinks(parts, t),
    back: aboutQuiz(attempt, quiz, t),
    saved: null as boolean | null,
    told: problems.size > 0,
    hasCase: attempt.form.some(drawn => isCase(quiz, drawn)),
    oneHref: to.question(first),
    action: to.answers,
  };
}

/** The drawn questions of a form for one page, each with fields of its own. The case has a page of its own. */
export function partsOf(
  { quiz, form, kept }: { quiz: Quiz; form: readonly DrawnSlot[]; kept: readonly Kept[] },
  problems: Problems,
  t: Translate,
) {
  const firsts = new Map(partsOfForm(quiz, form, t).map(({ title, slots }) => [slots[0], title]));
  return form.flatMap((drawn, index) => {
    if (isCase(quiz, drawn)) return [];
    const slot = index + 1;
    const own = kept.find(each => each.slot === slot) ?? null;
    const { error, stale, typed, confidence } = problems.get(slot) ?? NO_PROBLEM;
    const shown = typed ? { response: typed, sequence: own?.sequence ?? 0 } : own;
    const part = questionPart(quiz, drawn, shown, t);
    return {
      slot,
      heading: firsts.get(slot) ?? null,
      prefix: prefixOf(slot),
      ...part,
      confidence: confidence ?? own?.confidence ?? null,
      // What the type says of the rows to be mended is more exact.
      error: error && (part.lack ?? error),
      stale,
      isSaved: own !== null && !error && !stale,
    };
  });
}

/** The links of the summary above the page: where each question is to be mended, in words. */
export function mendingLinks(parts: ReturnType<typeof partsOf>, t: Translate): Record<string, string> {
  const links = parts.flatMap(({ slot, prefix, field, error, stale }) => {
    if (!error && !stale) return [];
    const problem = error ?? t('onePage.stale');
    return [[prefix + field, t('onePage.mend', { position: slot, problem })]];
  });
  return Object.fromEntries(links) as Record<string, string>;
}

type SlotResult = Answered | { readonly kind: 'untouched' };

/** What each slot of a submitted page lacks. Slots that are saved, and those that were left blank, are left out. */
export function problemsOf(
  answered: ReadonlyMap<number, SlotResult>,
  { attempt, quiz, form }: { attempt: Pick<AttemptFacts, 'form'>; quiz: Quiz; form: unknown },
  t: Translate,
): Problems {
  const problems = new Map<number, Problem>();
  const inWords = (slot: number, answer: Answer) => answerInWords(quiz, attempt, slot, answer, t);
  for (const [slot, result] of answered) {
    const problem =
      result.kind === 'stale'
        ? { ...NO_PROBLEM, stale: { yours: inWords(slot, result.sent) } }
        : problemWith(result, subForm(form, slot), t);
    if (problem) problems.set(slot, problem);
  }
  return problems;
}

function problemWith(result: SlotResult, form: Record<string, unknown>, t: Translate): Problem | null {
  const error = (problem: string) => ({ ...NO_PROBLEM, error: t(`question.problem.${problem}`) });
  if (result.kind === 'unclear') {
    const ticked = result.problem === 'too-many' ? typedIn(form) : null;
    const said = readConfidence(form);
    const confidence = said.ok ? said.confidence : null;
    return { ...error(result.problem), typed: result.typed ?? ticked, confidence };
  }
  if (result.kind === 'refused') return error('unreadable');
  const isHalf = (result.kind === 'kept' || result.kind === 'same') && !result.isWhole;
  return isHalf ? error('half') : null;
}

/** The texts of a form as they were sent, to be shown again and never stored. */
function typedIn(form: Record<string, unknown>): Answer {
  const fields = Object.keys(form).flatMap(name => {
    const texts = readTexts(form, name);
    return texts ? [[name, texts.length === 1 ? (texts[0] ?? '') : texts]] : [];
  });
  return Object.fromEntries(fields) as Answer;
}
