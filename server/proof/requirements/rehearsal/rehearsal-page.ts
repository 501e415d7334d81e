import { User } from '../../../people/accounts/tables.js';
import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { courseMinutes } from '../../../teaching/courses/cards.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { requirementsHome, type OpenRequirements } from '../rules/open-requirement.js';
import { outlastingExamples } from '../rules/outlasting.js';
import { ruleDetails } from '../rules/rule-details.js';
import { ruleSentence } from '../rules/rule-sentence.js';
import { ruleWordsOf } from '../rules/rule-words.js';
import { CONSEQUENCES, MAIL_DAYS, type Consequence } from './consequences.js';
import type { MailReach } from '../mail-reach.js';
import { notReachedTexts } from '../reach-texts.js';
import type { DraftFacts } from './requirement-drafts.js';
import type { NamedLine, Rehearsal } from './rehearsal.js';

/** The address of a draft. */
export const draftAddress = (organisationId: string, draftId: string): string =>
  `${requirementsHome(organisationId)}/drafts/${draftId}`;

/** What a draft would do, before anything is kept: who joins and leaves, whose day moves, what it costs, what is in its way. */
export async function rehearsalPage(open: OpenRequirements, draft: DraftFacts) {
  const { organisation, actor, today } = open;
  const words = await ruleWordsOf(organisation.id, today);
  const { rule, outcome, seenOutcome } = draft;
  const here = draftAddress(organisation.id, draft.id);
  const home = requirementsHome(organisation.id);
  const isUnderWay = draft.state === 'rehearsing' || draft.state === 'confirming';
  return {
    organisation: organisationHead(organisation, actor),
    back: draft.requirementId === null ? home : `${home}/${draft.requirementId}`,
    title: draft.title,
    sentence: rule.inForce ? ruleSentence(rule, words) : spoken('requirements.version.ended'),
    from: spoken('requirements.version.from', { day: dayWords(draft.fromDay) }),
    details: rule.inForce ? ruleDetails(rule, words) : [],
    state: draft.state,
    to: {
      here,
      confirmation: `${here}/confirmation`,
      removal: `${here}/removal`,
      change: rule.inForce ? changeHref(draft, home) : null,
    },
    progress: isUnderWay ? { done: draft.done, all: draft.people } : null,
    changed: outcome && seenOutcome ? differences(seenOutcome, outcome) : null,
    figures: outcome ? await figuresOf(outcome, draft) : [],
    notReached: outcome ? notReachedTexts(new Map(entriesOf(outcome.reach))) : [],
    groups: outcome ? await groupsOf(actor, outcome, organisation.id) : [],
    warnings: rule.inForce ? await warningsOf(draft, words.courseTitle) : [],
    digest: draft.digest ?? '',
  };
}

const changeHref = ({ id, requirementId }: DraftFacts, home: string): string =>
  requirementId === null ? `${home}/new?draft=${id}` : `${home}/${requirementId}/change?draft=${id}`;

async function figuresOf({ required, counts, toTrain, mails, reach }: Rehearsal, { rule }: DraftFacts) {
  const courses = (await currentCourses()).filter(({ slug }) => rule.courses.includes(slug));
  const minutes = Math.min(...courses.map(({ snapshot }) => courseMinutes(snapshot)));
  const hours = courses.length === 0 ? 0 : Math.ceil((toTrain * minutes) / 60);
  const figure = (name: string, value: number) => ({
    value: spoken('numbers.whole', { value }),
    label: spoken(`requirements.figure.${name}`, { days: MAIL_DAYS }),
  });
  return [
    figure('required', required),
    figure('joins', counts.joins),
    figure('leaves', counts.leaves),
    figure('moved', counts.earlier + counts.later),
    figure('mails', mails),
    ...(reach.invited ? [figure('invited', reach.invited)] : []),
    figure('hours', hours),
  ];
}

const entriesOf = (reach: Rehearsal['reach']) => Object.entries(reach) as [MailReach, number][];

/** What is different from the rehearsal that was confirmed, in words: "They join: 12, before 10". */
const differences = (before: Rehearsal, after: Rehearsal): string[] => {
  const told = CONSEQUENCES.filter(kind => before.counts[kind] !== after.counts[kind]).map(kind =>
    spoken('requirements.difference', {
      what: spoken(`requirements.group.${kind}.title`),
      now: after.counts[kind],
      before: before.counts[kind],
    }),
  );
  return told.length > 0 ? told : [spoken('requirements.otherPeople')];
};

async function groupsOf(actor: Actor, { counts, named }: Rehearsal, organisationId: string) {
  const ids = [...new Set(CONSEQUENCES.flatMap(kind => named[kind].map(({ membershipId }) => membershipId)))];
  const names = await namesOf(actor, ids);
  return CONSEQUENCES.filter(kind => counts[kind] > 0).map(kind => ({
    kind,
    title: spoken(`requirements.group.${kind}.title`),
    lead: spoken(`requirements.group.${kind}.lead`),
    count: counts[kind],
    more: counts[kind] - named[kind].length,
    people: named[kind].map(line => ({
      name: names.get(line.membershipId) ?? '',
      href: hrefOf(kind, line, organisationId),
      text: datesOf(line),
    })),
  }));
}

/** Where what is missing can be added, or the person be looked at. */
const hrefOf = (kind: Consequence, { membershipId }: NamedLine, organisationId: string): string =>
  `/organisations/${organisationId}/people/${membershipId}/${kind === 'gap' ? 'details' : 'requirements'}`;

function datesOf({ before, after }: NamedLine): string | null {
  const days = { before: dayOrNone(before), after: dayOrNone(after) };
  if (before !== null && before !== after && after !== null) return spoken('requirements.dayMoves', days);
  return after === null ? null : spoken('requirements.dayBy', days);
}

const dayOrNone = (day: string | null): string => (day === null ? '' : dayWords(day));

async function namesOf(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const reach = await visibleTo(actor, { alias: sql`m`, first: ids.length + 1 });
  const found = await rows(
    sql`select ${columns(Membership, 'm', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
        ${orNull(renamed(User, 'u', { accountName: 'name' }))}
      from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
      where m.id in (${parameters(ids.length)}) and ${reach.condition}`,
    [...ids, ...reach.params],
  );
  return new Map(found.map(person => [person.id, listedName(person)]));
}

/** What nothing is refused for, and somebody should know: an example of a rule that outlasts a certificate. */
async function warningsOf(
  { rule, fromDay }: DraftFacts,
  courseTitle: (slug: string) => string,
): Promise<string[]> {
  const courses = await currentCourses();
  const validityOf = (course: string) =>
    courses.find(({ slug }) => slug === course)?.snapshot.validity ?? null;
  return outlastingExamples(rule, validityOf, fromDay).map(
    ({ course, completedOn, certificateEnds, ruleEnds }) =>
      spoken(ruleEnds === null ? 'requirements.outlastsForGood' : 'requirements.outlasts', {
        course: courseTitle(course),
        completed: dayWords(completedOn),
        certificate: dayWords(certificateEnds),
        rule: dayOrNone(ruleEnds),
      }),
  );
}
