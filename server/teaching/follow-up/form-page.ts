import { exhibitOf } from '../exhibits/exhibit-parts.js';
import { titleForLearners, type CourseSnapshot } from '../content/snapshot.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import type { DrawnSlot } from '../quizzes/drawing/draw-form.js';
import { drawnPart, retyped } from '../quizzes/attempts/question-page.js';
import type { Answer } from '../questions/answer.js';
import { markOf } from '../questions/answer-mark.js';
import { FULL_POINTS } from '../questions/question-type.js';
import { itemAt } from './module-items.js';

/** A form of a course, as far as a page needs it. */
interface Form {
  readonly course: CourseSnapshot;
  readonly form: readonly DrawnSlot[];
}

/** An answer as it was read from a submitted question page. */
type Read =
  | { readonly ok: true; readonly response: Answer }
  /** `typed`: what was entered so far, to be shown again. */
  | { readonly ok: false; readonly problem: string; readonly typed: Answer };

/** The button "I do not know yet" sends this field; an empty answer is saved. */
const UNKNOWN = 'unknown';

/** The view values of one question. They hold nothing of the key. */
export function questionPage({ course, form }: Form, slot: number, typed: Answer, t: Translate) {
  const drawn = slotOf(form, slot);
  const { item, type } = itemAt(course, drawn);
  return {
    position: slot,
    total: form.length,
    states: form.map((_, at) =>
      at + 1 === slot ? ('now' as const) : at + 1 < slot ? ('done' as const) : ('open' as const),
    ),
    ...drawnPart({ item, type }, { order: drawn.optionOrder }, t),
    ...retyped({ item, type }, typed, t),
    error: null as string | null,
  };
}

/** Read the answer to one question: a complete one, or "I do not know yet". */
export function readAnswer({ course, form }: Form, slot: number, body: unknown): Read {
  const { item, type } = itemAt(course, slotOf(form, slot));
  if (body !== null && typeof body === 'object' && UNKNOWN in body) return { ok: true, response: {} };
  const parsed = type.parse(body, item);
  if (!parsed.ok) return { ok: false, problem: parsed.problem, typed: parsed.typed ?? {} };
  if (type.isComplete(item, parsed.response)) return parsed;
  return { ok: false, problem: 'half', typed: parsed.response };
}

/** The feedback that a refresher gives on an answer, option by option. A baseline or a post-test never gives any. */
export function feedbackPage(
  { course, form }: Form,
  given: { slot: number; points: number; response: Answer },
  t: Translate,
) {
  const { item, type } = itemAt(course, slotOf(form, given.slot));
  const { points, response } = given;
  const mark = markOf({ points, isUnsafe: type.unsafe(item, response).length > 0 }, type);
  return {
    position: given.slot,
    total: form.length,
    stem: item.stem,
    exhibit: exhibitOf(item),
    verdict: isUnknown(response) ? 'unknown' : mark,
    remark: type.remark(item, t),
    review: { view: type.reviewView, values: type.review(item, response, t) },
  };
}

const isUnknown = (response: Answer): boolean => Object.keys(response).length === 0;

/** The first slot without an answer; null when all have one. */
export function nextSlot(form: readonly DrawnSlot[], given: readonly { slot: number }[]): number | null {
  const open = form.findIndex((_, at) => !given.some(({ slot }) => slot === at + 1));
  return open === -1 ? null : open + 1;
}

interface Scored {
  readonly module: string;
  readonly points: number;
}

/** How many questions earned full points before and after: in each module, and in all. */
export function comparedScores(course: CourseSnapshot, before: readonly Scored[], after: readonly Scored[]) {
  const rows = course.modules.flatMap(module => {
    const of = (scored: readonly Scored[]) => scored.filter(each => each.module === module.slug);
    const asked = of(after).length;
    const title = titleForLearners(module);
    return asked === 0 ? [] : [{ title, asked, before: right(of(before)), after: right(of(after)) }];
  });
  const all = { before: right(before), after: right(after) };
  const change = all.after > all.before ? 'more' : all.after < all.before ? 'fewer' : 'same';
  return { rows, asked: after.length, ...all, change };
}

const right = (scored: readonly Scored[]): number =>
  scored.filter(({ points }) => points === FULL_POINTS).length;

function slotOf(form: readonly DrawnSlot[], slot: number): DrawnSlot {
  const drawn = form[slot - 1];
  if (!drawn) throw new RangeError(`The form has no slot ${slot}`);
  return drawn;
}
