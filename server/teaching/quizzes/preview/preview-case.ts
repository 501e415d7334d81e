import type { Quiz } from '../quiz-model.js';
import { readPath, walk, writePath } from '../../questions/types/scenario/scenario-walk.js';
import { suits } from '../../content/bounds.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { familyOf, type JobName } from '../../questions/jobs.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import { previewForm } from './preview.js';
import { questionValues } from '../attempts/question-page.js';
import { caseOfForm, isCase, itemIn } from '../quiz.js';

/**
 * The final with this case alone, put to learners whom it suits: of the jobs that the course asks for, whose items its banks are
 * sure to have, wherever one of them does.
 */
export function putToSuited(quiz: Quiz, scenario: Scenario, jobs: readonly JobName[] = []): Quiz {
  const suited = jobs.find(job => suits(scenario, job)) ?? jobs.find(job => suits(scenario, familyOf(job)));
  return { ...quiz, job: suited ?? scenario.roles?.[0] ?? null, scenarios: [scenario] };
}

/** A form whose last slot is the case: the order of its choices is the same for everybody who looks. */
const formFor = (quiz: Quiz) => previewForm(quiz, 'case');

/**
 * The values of `quizzes/question` for the case that ends a quiz, after the decisions that an address names: as in the
 * exam, where nothing tells how good a choice was. Null where no page of ours leads.
 */
export function casePage(
  quiz: Quiz,
  path: unknown,
  to: { readonly action: string; readonly onward: string },
  t: Translate,
) {
  const ids = readPath(path ?? '');
  const form = formFor(quiz);
  const scenario = caseOfForm(quiz, form);
  if (!scenario || !ids || !walk(scenario, ids)) return null;
  const kept = ids.length === 0 ? [] : [{ slot: form.length, sequence: ids.length, response: { path: ids } }];
  const values = questionValues({ id: 'preview', cycleId: 'preview', form }, quiz, kept, form.length, t);
  return { ...values, ...to, back: null, time: null, isPreview: true };
}

/** What a decision comes to: the path with it, as an address says it, or the reason why there is none. */
export function readDecision(quiz: Quiz, body: unknown) {
  const drawn = formFor(quiz).find(slot => isCase(quiz, slot));
  if (!drawn) return { ok: false, problem: 'unreadable' } as const;
  const { item, type } = itemIn(quiz, drawn);
  const parsed = type.parse(body, item);
  if (!parsed.ok) return { ok: false, problem: parsed.problem } as const;
  return { ok: true, path: writePath([parsed.response['path'] ?? []].flat()) } as const;
}
