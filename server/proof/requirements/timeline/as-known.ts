import type { MemberHistory, RequirementFacts, Said, UnitParents } from '../requirement-facts.js';
import { standingVersions } from '../rules/requirement-versions.js';

/** As we say it now. */
export const NOW = Number.POSITIVE_INFINITY;

/**
 * The facts as we said them at a moment (epoch ms; `NOW`: as we say them now): nothing that was recorded later, nothing that
 * had been retired. Everything else reckons with facts that went through here.
 */
export function asKnown(facts: RequirementFacts, moment: number): RequirementFacts {
  const said = <S extends Said>(all: readonly S[]): S[] => all.filter(each => isSaid(each, moment));
  const { member, versions, units, marks, exemptions } = facts;
  return {
    ...facts,
    versions: standingVersions(versions.filter(({ recordedAt }) => recordedAt <= moment)),
    marks: said(marks),
    exemptions: said(exemptions),
    units: unitsKnown(units, moment),
    member: memberKnown(member, moment),
  };
}

/** A member's history as we said it at a moment. */
export function memberKnown(member: MemberHistory, moment: number): MemberHistory {
  const said = <S extends Said>(all: readonly S[]): S[] => all.filter(each => isSaid(each, moment));
  return {
    employment: said(member.employment),
    hired: said(member.hired),
    tags: said(member.tags),
    places: said(member.places),
    credits: member.credits
      .filter(({ recordedAt }) => recordedAt <= moment)
      .map(each => ({ ...each, printedEnds: said(each.printedEnds), voids: said(each.voids) })),
  };
}

/** Where units stood, as we said it at a moment. */
export const unitsKnown = (units: UnitParents, moment: number): UnitParents =>
  new Map([...units].map(([id, spans]) => [id, spans.filter(each => isSaid(each, moment))]));

const isSaid = ({ recordedAt, retiredAt }: Said, moment: number): boolean =>
  recordedAt <= moment && (retiredAt === null || moment < retiredAt);
