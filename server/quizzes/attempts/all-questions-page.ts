import type { Confidence, Kept, Quiz } from '../quiz-model.js';
import type { Translate } from '../../i18n/i18n.js';
import type { Answered } from './answer-slots.js';
import type { AttemptFacts } from './attempts.js';
import { readConfidence } from '../grading/confidence.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { answerInWords, questionPart } from './question-page.js';
import { isCase } from '../quiz.js';
import { prefixOf, subForm } from './field-prefix.js';
import type { Answer } from '../../questions/answer.js';
import { readTexts } from '../../questions/form.js';

/** What is to be mended in one slot: the words for it, and what is shown in place of what is kept. */
interface Problem {
  readonly error: string | null;
  readonly stale: { readonly yours: string } | null;
  readonly typed: Answer | null;
  readonly confidence: Confidence | null;
}

const NO_PROBLEM: Problem = { error: null, stale: null, typed: null, confidence: null };

/** The drawn questions of a form for one page, each with fields of its own. The case has a page of its own. */
export function partsOf(
  { quiz, form, kept }: { quiz: Quiz; form: readonly DrawnSlot[]; kept: readonly Kept[] },
  problems: ReadonlyMap<number, Problem>,
  t: Translate,
) {
  return form.flatMap((drawn, index) => {
    if (isCase(quiz, drawn)) return [];
    const slot = index + 1;
    const own = kept.find(each => each.slot === slot) ?? null;
    const { error, stale, typed, confidence } = problems.get(slot) ?? NO_PROBLEM;
    const shown = typed ? { response: typed, sequence: own?.sequence ?? 0 } : own;
    const part = questionPart(quiz, drawn, shown, t);
    return {
      slot,
      prefix: prefixOf(slot),
      ...part,
      confidence: confidence ?? own?.confidence ?? null,
      // What the kind says of the rows to be mended is more exact.
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

/** What each slot of a page that was sent lacks. Slots that are saved, and those that were left blank, are not named. */
export function problemsOf(
  answered: ReadonlyMap<number, Answered | { readonly kind: 'untouched' }>,
  { attempt, quiz, form }: { attempt: Pick<AttemptFacts, 'form'>; quiz: Quiz; form: unknown },
  t: Translate,
): Map<number, Problem> {
  const problems = new Map<number, Problem>();
  for (const [slot, result] of answered) {
    if (result.kind === 'stale') {
      const yours = answerInWords(quiz, attempt, slot, result.sent, t);
      problems.set(slot, { ...NO_PROBLEM, stale: { yours } });
    } else if (result.kind === 'unclear') {
      const ticked = result.problem === 'too-many' ? typedIn(subForm(form, slot)) : null;
      const error = t(`question.problem.${result.problem}`);
      const said = readConfidence(subForm(form, slot));
      const confidence = said.ok ? said.confidence : null;
      problems.set(slot, { ...NO_PROBLEM, error, typed: result.typed ?? ticked, confidence });
    } else if (result.kind === 'refused') {
      problems.set(slot, { ...NO_PROBLEM, error: t('question.problem.unreadable') });
    } else if ((result.kind === 'kept' || result.kind === 'same') && !result.isWhole) {
      problems.set(slot, { ...NO_PROBLEM, error: t('question.problem.half') });
    }
  }
  return problems;
}

/** The texts of a form, as they were sent: to be shown again, never stored. */
function typedIn(form: Record<string, unknown>): Answer {
  const fields = Object.keys(form).flatMap(name => {
    const texts = readTexts(form, name);
    return texts ? [[name, texts.length === 1 ? (texts[0] ?? '') : texts]] : [];
  });
  return Object.fromEntries(fields) as Answer;
}
