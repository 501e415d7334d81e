import type { CourseSnapshot, SnapshotRemediation } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { addresses } from '../../learning/cycle-addresses.js';
import type { AttemptFacts } from '../attempts/attempts.js';
import { attemptAddresses } from '../attempts/question-page.js';
import { otherItem, type PracticeItem } from './rules.js';

/** Addresses of the practice after an attempt. */
const remediationAddresses = (attemptId: string) => {
  const all = attemptAddresses(attemptId).remediation;
  return {
    all,
    rule: (rule: string) => `${all}/${rule}`,
    item: (rule: string, item: string) => `${all}/${rule}?item=${item}`,
    answer: (rule: string, item: string) => `${all}/${rule}/answers/${item}`,
  };
};

/** Where it leads once all is done: to the next try, or, since practice holds nobody back, to the course. */
const onward = ({ cycleId, quiz }: AttemptFacts, isPractice: boolean, t: Translate) =>
  isPractice
    ? { href: addresses(cycleId).course, text: t('quiz.backToCourse'), isTry: false }
    : { href: addresses(cycleId).quiz(quiz), text: t('remediation.toQuiz'), isTry: true };

/** The values of the list of missed rules. */
export function remediationListValues(
  { attempt, rules, isPractice }: Pick<RulePage, 'attempt' | 'rules' | 'isPractice'>,
  done: ReadonlySet<string>,
  t: Translate,
) {
  const to = remediationAddresses(attempt.id);
  const next = rules.find(({ rule }) => !done.has(rule));
  return {
    count: rules.length,
    open: rules.filter(({ rule }) => !done.has(rule)).length,
    rows: rules.map(({ rule, text }) => ({
      title: text,
      href: to.rule(rule),
      detail: null,
      state: done.has(rule) ? ('done' as const) : rule === next?.rule ? ('now' as const) : ('open' as const),
      statusText: t(done.has(rule) ? 'remediation.done' : 'remediation.open'),
    })),
    next: next ? { href: to.rule(next.rule), text: next.text } : null,
    onward: onward(attempt, isPractice, t),
    resultHref: attemptAddresses(attempt.id).result,
  };
}

/** What the page of one rule is made from. */
interface RulePage {
  readonly attempt: AttemptFacts;
  readonly course: CourseSnapshot;
  readonly remediation: SnapshotRemediation;
  readonly item: PracticeItem;
  /** All that the attempt missed. */
  readonly rules: readonly SnapshotRemediation[];
  readonly done: ReadonlySet<string>;
  /** The quiz is practice, which holds nobody back. */
  readonly isPractice: boolean;
}

/** The values of one rule: its words, the example, and a question. `choice` is the answer; null before there is one. */
export function ruleValues(page: RulePage, choice: string | null, t: Translate) {
  const { attempt, course, remediation, item, rules, done } = page;
  const to = remediationAddresses(attempt.id);
  const { rule, text, why, note, example } = remediation;
  const other = otherItem(remediation, item);
  const next = rules.find(each => !done.has(each.rule) && each.rule !== rule);
  return {
    rule: { text, why, note },
    example,
    check: checkValues(item, choice, to.answer(rule, item.id)),
    isDone: done.has(rule),
    otherHref: other ? to.item(rule, other.id) : null,
    nextHref: next ? to.rule(next.rule) : null,
    listHref: to.all,
    onward: onward(attempt, page.isPractice, t),
    lessons: lessonsOn(course, remediation.objectives, attempt.cycleId),
    errors: {} as Record<string, string>,
  };
}

function checkValues({ id, stem, options, key }: PracticeItem, choice: string | null, answerHref: string) {
  const chosen = options.find(option => option.id === choice);
  return {
    id,
    stem,
    options: options.map(option => ({ id: option.id, text: option.text })),
    action: `${answerHref}#check-${id}`,
    answered: chosen ? { chosen: chosen.id, right: chosen.id === key, feedback: chosen.feedback } : null,
  };
}

/** Where the rule is taught in this course, at most three lessons; those that count come first. */
function lessonsOn({ modules }: CourseSnapshot, objectives: readonly string[], cycleId: string) {
  const found = modules.flatMap(({ slug, lessons }) =>
    lessons
      .filter(lesson => lesson.objectives.some(id => objectives.includes(id)))
      .map(({ name, title, optional }) => ({
        title,
        href: addresses(cycleId).lesson(slug, name),
        optional,
      })),
  );
  return found.sort((a, b) => Number(a.optional) - Number(b.optional)).slice(0, 3);
}
