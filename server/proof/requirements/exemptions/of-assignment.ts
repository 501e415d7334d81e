import type { OrganisationFacts } from '../../../people/organisations/memberships.js';

/** What is required of whom, who decides about it, and when (epoch ms). */
export interface OfAssignment {
  readonly organisation: Pick<OrganisationFacts, 'id' | 'timeZone'>;
  readonly requirementId: string;
  readonly membershipId: string;
  readonly actorId: string | null;
  readonly now: number;
}
