import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import { findOrganisation, type OrganisationFacts } from '../../../../people/organisations/memberships.js';
import { newestVersion, standingVersions } from '../../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../../requirements/rules/stored-requirements.js';
import { StandingInterval } from '../../../requirements/tables.js';
import type { SealedAsk } from '../../sealed/sealed-kind.js';
import { inPeriod, type Period } from './in-period.js';

/** What was asked for. Days are in the organisation's zone. */
export type EvidenceParams = {
  /** The first and the last day. */
  readonly from: string;
  readonly to: string;
  /** None: all. */
  readonly requirementIds: readonly string[];
  /** False: people are numbers only. */
  readonly names: boolean;
};

/** What a pack is about. */
export interface PackTopic {
  readonly organisation: OrganisationFacts;
  readonly period: Period;
  readonly names: boolean;
  /** `graceCounts`: whether those in grace count as having completed it. */
  readonly requirements: readonly {
    readonly id: string;
    readonly title: string;
    readonly graceCounts: boolean;
  }[];
  /** Slugs: what the requirements ask for, in any of their versions. */
  readonly courses: readonly string[];
}

/** A pack tells of these people, since one of the requirements was looked at for them in the period. */
export interface PackScope extends PackTopic {
  /** The ids of their memberships, in order. */
  readonly people: readonly string[];
}

/** What a pack is about, as we knew it when it was asked for. */
export async function packTopic({
  organisationId,
  params,
  knownAt,
}: Omit<SealedAsk<EvidenceParams>, 'id'>): Promise<PackTopic> {
  const organisation = await findOrganisation(organisationId);
  if (!organisation) throw new Error('There is no such organisation');
  const { from, to, names, requirementIds } = params;
  const asked = [...(await requirementsOf(organisationId))]
    .filter(([id]) => requirementIds.length === 0 || requirementIds.includes(id))
    .map(([id, all]) => ({ id, known: all.filter(({ recordedAt }) => recordedAt <= knownAt) }))
    .filter(({ known }) => known.length > 0);
  const courses = asked.flatMap(({ known }) => standingVersions(known).flatMap(({ rule }) => rule.courses));
  return {
    ...{ organisation, names, period: { from, to, knownAt }, courses: [...new Set(courses)].sort() },
    requirements: asked.map(({ id, known }) => {
      const newest = newestVersion(known) ?? known[0];
      return { id, title: newest?.title ?? '', graceCounts: newest?.rule.graceCounts ?? false };
    }),
  };
}

/** The same with its people. */
export async function packScope(ask: SealedAsk<EvidenceParams>): Promise<PackScope> {
  const topic = await packTopic(ask);
  return { ...topic, people: await peopleOf(topic.requirements, topic.period) };
}

async function peopleOf(requirements: readonly { id: string }[], period: Period): Promise<string[]> {
  if (requirements.length === 0) return [];
  const { condition, params } = inPeriod(sql`s`, period);
  const found = await rows(
    sql`select distinct ${columns(StandingInterval, 's', 'membershipId')} from ${StandingInterval} s
        where ${condition} and s.requirement_id in (${parameters(requirements.length, params.length + 1)})
        order by s.membership_id`,
    [...params, ...requirements.map(({ id }) => id)],
  );
  return found.map(({ membershipId }) => membershipId);
}
