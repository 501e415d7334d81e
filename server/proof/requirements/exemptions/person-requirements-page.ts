import { spoken } from '../../../platform/i18n/spoken.js';
import { daysInWords, dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import type { OpenMember } from '../../../people/organisations/people/open-member.js';
import { can } from '../../../policy.js';
import type { Standing } from '../standings.js';
import { shownVersion, requirementState } from '../rules/requirements-page.js';
import type { StoredVersion } from '../rules/requirement-versions.js';
import { ruleSentence, type RuleWords } from '../rules/rule-sentence.js';
import { ruleWordsOf } from '../rules/rule-words.js';
import { requirementsOf } from '../rules/stored-requirements.js';
import { decidedText, exemptionText } from './exemption-texts.js';
import {
  meantBy,
  requirementsOfPerson,
  standingsOfPerson,
  type DecidedOfPerson,
  type StandingsOfPerson,
  type StandingToday,
} from './requirements-of-person.js';

/** What is required of one person and what was decided about them by hand; and what can be decided. */
export async function personRequirementsPage(open: OpenMember) {
  const { actor, organisation, name, member, today } = open;
  const words = await ruleWordsOf(organisation.id, today);
  const decided = await requirementsOfPerson(member.id, organisation.id);
  const standings = await standingsOfPerson(member.id, organisation.id);
  const requirements = await requirementsOf(organisation.id);
  const mayDecide = can(actor, 'person.exempt', { userId: member.userId, organisationId: organisation.id });
  const rows = [...requirements].flatMap(([id, versions]) => {
    const shown = shownVersion(versions, today);
    return shown ? requirementRow(shown, { id, open, words, decided, standings, mayDecide }) : [];
  });
  const shownRows = rows.filter(row => !row.isOver || row.exemptions.length > 0);
  return {
    organisation: organisationHead(organisation, actor),
    back: personHome(open),
    name,
    isOwn: member.userId === actor.id,
    requirements: shownRows.filter(({ means }) => means !== 'no'),
    others: shownRows.filter(({ means }) => means === 'no'),
  };
}

interface Beside {
  readonly id: string;
  readonly open: OpenMember;
  readonly words: RuleWords;
  readonly decided: DecidedOfPerson;
  readonly standings: StandingsOfPerson;
  readonly mayDecide: boolean;
}

function requirementRow(version: StoredVersion, { id, open, words, decided, standings, mayDecide }: Beside) {
  const { organisation, today, actor } = open;
  const seesNotes = can(actor, 'organisation.administer', { organisationId: organisation.id });
  const home = `${personHome(open)}/requirements/${id}`;
  const isOver = requirementState(version, today) === 'ended';
  const { means, stands } = meantBy(id, standings, today);
  return {
    title: version.title,
    sentence: ruleSentence(version.rule, words),
    isOver,
    means,
    whyHref: `${home}/why`,
    standing: stands?.standing ?? null,
    due: stands && dueText(stands),
    marks: decided.marks
      .filter(({ requirementId, toDay }) => requirementId === id && (toDay === null || toDay > today))
      .map(each => ({
        text: `${spoken(`exemptions.mark.${each.mark}`)} · ${daysInWords(each, today)}`,
        decided: decidedText(each, organisation.timeZone),
      })),
    exemptions: decided.exemptions
      .filter(({ requirementId }) => requirementId === id)
      .map(each => ({
        text: exemptionText(each),
        decided: decidedText(each, organisation.timeZone),
        note: seesNotes ? each.note : null,
        isOver: each.toDay <= today,
        endAction: mayDecide && each.toDay > today ? `${home}/exemptions/${each.id}/end` : null,
      })),
    exemptHref: mayDecide && !isOver && means !== 'no' ? `${home}/exemption` : null,
    markHref: mayDecide && !isOver ? `${home}/mark` : null,
  };
}

/** What is said of the day beside each standing: until when it lasts, since when it has, or by when something is due. */
const DAYS: Readonly<Partial<Record<Standing, 'until' | 'since' | 'ended' | 'by'>>> = {
  current: 'until',
  expiring: 'until',
  overdue: 'since',
  'in-grace': 'ended',
  'due-soon': 'by',
  'not-yet-due': 'by',
};

function dueText({ standing, dueDay, since }: StandingToday): string | null {
  const way = DAYS[standing];
  if (!way || dueDay === null) return null;
  return spoken(`exemptions.due.${way}`, { day: dayWords(way === 'since' ? since : dueDay) });
}

/** The address of a person's page. */
const personHome = ({ organisation, member }: OpenMember): string =>
  `/organisations/${organisation.id}/people/${member.id}`;

/** The address of the page of what is required of them. */
export const personRequirementsHome = (open: OpenMember): string => `${personHome(open)}/requirements`;
