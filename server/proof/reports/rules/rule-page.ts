import { spoken } from '../../../platform/i18n/spoken.js';
import { daysInWords, dayWords } from '../../../people/organisations/day-words.js';
import { isReadLongAgo } from '../../../teaching/content/regulation-age.js';
import { approvalsFor, covers, type ApprovalRow } from './approvals.js';
import { coverageOf, type CoveredTopic, type CoveringCourse } from './coverage.js';
import type { OpenRule } from './open-rule.js';
import { claimTag, claimText, ruleFacts } from './rule-texts.js';
import { rulesHome } from './rules-page.js';

/** For whom a page of a rule is made, and when. */
export interface RuleReader {
  readonly organisationId: string;
  readonly mayChange: boolean;
  readonly today: string;
  /** Epoch ms. */
  readonly now: number;
}

/** The addresses below a rule's page. */
export const ruleAddresses = (organisationId: string, ruleId: string) => {
  const page = `${rulesHome(organisationId)}/${ruleId}`;
  return {
    page,
    coverage: `${page}/coverage.csv`,
    choice: `${page}/choice`,
    approval: `${page}/approval`,
    report: `${page}/report`,
  };
};

/** A rule: what it asks for, what the courses carry of it, what they lack, and what the organisation says of it. */
export async function rulePage(open: OpenRule, { organisationId, mayChange, today, now }: RuleReader) {
  const { rule, chosen } = open;
  const approvals = await approvalsFor(organisationId, rule.id);
  const isApproved = approvals.some(approval => covers(approval, today));
  return {
    title: rule.title,
    ...claimTag(rule, isApproved, spoken),
    said: claimText(rule, isApproved, spoken),
    who: rule.who,
    facts: ruleFacts(rule, spoken),
    says: rule.says,
    places: rule.places.map(({ name, text, confidence }) => ({
      ...{ name, text },
      confidence: spoken(`ruleMap.confidenceShort.${confidence}`),
    })),
    carried: open.courses.map(course => carriedBy(open, course)),
    isRestricted: open.courses.length < rule.courses.length,
    gaps: gapsOf(open),
    own: ownPart(open, { approvals, organisationId, today }),
    source: sourceOf(open, now),
    concerns: chosen?.concerns ?? null,
    to: ruleAddresses(organisationId, rule.id),
    mayChange,
  };
}

function carriedBy({ rule, gaps }: OpenRule, course: CoveringCourse) {
  const gapText = (id: string) => gaps.find(gap => gap.id === id)?.text ?? id;
  const { snapshot, number } = course;
  return {
    title: spoken('ruleMap.course', { title: snapshot.title, number }),
    topics: coverageOf(rule, course).map(topic => ({
      title: topic.text,
      ...taughtTexts(topic),
      counted: topic.counted && spoken(`ruleMap.counted.${topic.counted}`),
      gap: topic.gaps.map(gapText).join(' ') || null,
    })),
  };
}

/** The lessons and questions of a topic in words; null, both: it has none, and needs none, since a count proves it. */
const taughtTexts = ({ lessons, items, counted }: CoveredTopic) =>
  counted !== null && lessons.length + items.length === 0
    ? { lessons: null, questions: null }
    : { lessons: lessonsText(lessons), questions: spoken('ruleMap.questions', { count: items.length }) };

const lessonsText = (lessons: readonly { readonly title: string; readonly isOptional: boolean }[]): string =>
  lessons
    .map(({ title, isOptional }) => (isOptional ? spoken('ruleMap.optional', { title }) : title))
    .join(' · ') || spoken('ruleMap.noLesson');

/** What the courses lack against the rule, each with the lessons that say a part of it. */
function gapsOf({ rule, gaps, courses }: OpenRule): string[] {
  const lessons = courses.flatMap(({ snapshot: { modules } }) =>
    modules.flatMap(({ slug, lessons: own }) =>
      own.map(each => ({ path: `${slug}/${each.name}`, title: each.title })),
    ),
  );
  return rule.gaps.flatMap(id => {
    const gap = gaps.find(each => each.id === id);
    const titles = [
      ...new Set(lessons.filter(({ path }) => gap?.lessons.includes(path)).map(({ title }) => title)),
    ];
    if (!gap) return [];
    return titles.length === 0 ? gap.text : `${gap.text} ${spoken('ruleMap.inLesson', { lessons: titles })}`;
  });
}

function ownPart(
  { chosen, requirements, courses }: OpenRule,
  {
    approvals,
    organisationId,
    today,
  }: { approvals: readonly ApprovalRow[]; organisationId: string; today: string },
) {
  return {
    note: chosen?.note || null,
    requirements: requirements
      .filter(({ id }) => chosen?.requirements.includes(id))
      .map(({ id, title }) => ({ href: `/organisations/${organisationId}/requirements/${id}`, text: title })),
    approvals: approvals.map(({ id, authority, number, courseSlug, version, fromDay, toDay }) => ({
      title: `${authority} · ${number}`,
      facts: spoken('ruleMap.approvalFacts', {
        course: courses.find(({ snapshot }) => snapshot.slug === courseSlug)?.snapshot.title ?? courseSlug,
        version,
        days: daysInWords({ fromDay, toDay }, today),
      }),
      id,
    })),
  };
}

function sourceOf({ rule }: OpenRule, now: number) {
  return {
    text: rule.source,
    read: spoken('ruleMap.readOn', { on: dayWords(rule.readOn) }),
    confidence: spoken(`ruleMap.confidence.${rule.confidence}`),
    unread: rule.unread.map(each => spoken(`ruleMap.unread.${each}`)),
    isOld: isReadLongAgo(rule, now),
    url: rule.url ?? null,
    reviews: rule.reviewedBy.map(({ role, name, on }) => `${role} · ${name} · ${dayWords(on)}`),
  };
}
