import { maskedAddress } from '../../people/accounts/merged-accounts.js';
import { hasAddress } from '../../people/accounts/no-address.js';
import { typed } from '../../platform/http/forms.js';
import { formatDate, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { dayWords } from '../../people/organisations/day-words.js';
import { UNDO_MERGE_DAYS } from './merges.js';
import { shownSide, WARNINGS, type MergePlan, type MergeWarning } from './plan-merge.js';
import type { KnownSide } from './sides.js';

const fieldOf = (warning: MergeWarning): string => `seen-${warning}`;

/** The warnings that were ticked. */
export const seenIn = (body: unknown): MergeWarning[] =>
  WARNINGS.filter(warning => typed(body, fieldOf(warning)) === 'yes');

/** What has to be ticked still, by field. */
export function mergeErrors(body: unknown, plan: MergePlan): Record<string, string> {
  const unseen = plan.warnings.filter(warning => !seenIn(body).includes(warning));
  const toSee = (warning: MergeWarning) => spoken('errors.mergeSeen', { what: warningText(warning, plan) });
  return Object.fromEntries([
    ...unseen.map(warning => [fieldOf(warning), toSee(warning)]),
    ...(typed(body, 'sure') === 'yes' ? [] : [['sure', spoken('errors.mergeSure')]]),
  ]) as Record<string, string>;
}

/** What a merge would do, as texts: both side by side, what happens, what stays, and what has to be ticked. */
export function previewPage(plan: MergePlan, seen: readonly string[], place: Place) {
  const name = shownSide(plan.kept).name;
  return {
    name,
    days: UNDO_MERGE_DAYS,
    kept: sideFacts(plan.kept, place),
    closed: sideFacts(plan.closed, place),
    happens: effects(plan, name),
    stays: (['history', 'choices', ...(keepsNumber(plan) ? (['list'] as const) : [])] as const).map(each =>
      spoken(`merging.stay.${each}`),
    ),
    duties: plan.amounts.sameDuties > 0 ? spoken('merging.duties', { count: plan.amounts.sameDuties }) : null,
    warnings: plan.warnings.map(warning => ({
      field: fieldOf(warning),
      text: warningText(warning, plan),
      isSeen: seen.includes(warning),
    })),
  };
}

const keepsNumber = ({ closed, takesNumber }: MergePlan): boolean =>
  closed.staffNumber !== null && !takesNumber;

/** What is known of one of the two, as labelled facts. */
function sideFacts(side: KnownSide, place: Place) {
  const { name, email } = shownSide(side);
  const facts: [string, string | null][] = [
    ['people.staffNumber', side.staffNumber],
    ['accounts.email', email],
    ['people.employmentIs', side.employment === null ? null : spoken(`people.employment.${side.employment}`)],
    ['people.hiredOn', side.hiredOn === null ? null : dayWords(side.hiredOn)],
    ['merging.unit', side.unit],
    ['merging.signsInWith', signsIn(side)],
    ['merging.account', side.since === null ? null : formatDate(side.since, place)],
  ];
  return {
    name,
    facts: facts.flatMap(([label, value]) => (value === null ? [] : { label: spoken(label), value })),
  };
}

function signsIn({ userId, accountEmail }: KnownSide): string {
  if (userId === null || accountEmail === null) return spoken('merging.noAccount');
  return hasAddress(accountEmail) ? maskedAddress(accountEmail) : spoken('merging.signsInByNumber');
}

function effects(plan: MergePlan, name: string): string[] {
  const { amounts, closed, kept, closedUserId, places } = plan;
  const t = (key: string, values = {}) => spoken(`merging.effect.${key}`, { name, ...values });
  const loginMoves = closedUserId === null && kept.userId === null && closed.userId !== null;
  const others = places.filter(({ organisation }) => organisation.id !== kept.organisationId);
  return [
    amounts.credits > 0 ? t('credits', { count: amounts.credits }) : t('noCredits'),
    ...(amounts.certificates > 0 ? [t('certificates', { count: amounts.certificates })] : []),
    ...(kept.id === null ? [] : [t('leaves')]),
    ...(plan.takesNumber ? [t('number', { number: closed.staffNumber ?? '' })] : []),
    ...(loginMoves ? [t('login')] : []),
    ...(closedUserId === null ? [] : [t('account')]),
    ...others.map(({ organisation, keptId }) =>
      t(keptId === null ? 'elsewhere' : 'both', { organisation: organisation.name }),
    ),
    t(closedUserId !== null ? 'mail' : (kept.userId ?? closed.userId) ? 'mailOne' : 'mailNobody', {
      days: UNDO_MERGE_DAYS,
    }),
  ];
}

function warningText(warning: MergeWarning, { kept, amounts }: MergePlan): string {
  const counts: Partial<Record<MergeWarning, number>> = {
    'same-courses': amounts.sameCourses,
    begun: amounts.begun,
    roles: amounts.roles,
    exemptions: amounts.exemptions,
  };
  return spoken(`merging.warning.${warning}`, {
    count: counts[warning] ?? 1,
    number: kept.staffNumber ?? '',
  });
}
