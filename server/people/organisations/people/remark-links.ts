import { spoken } from '../../../platform/i18n/spoken.js';
import type { Actor } from '../../../policy.js';
import { countWithRemark, MOST_REMARKED, REMARKS, type Remark } from './remarks.js';

const PATHS: Readonly<Record<Remark, string>> = { names: 'names', jobs: 'without-job' };

/** The address of a list of people with a remark; `people`: that of the organisation's people. */
export const remarkHref = (people: string, remark: Remark): string => `${people}/${PATHS[remark]}`;

/** A link to each list of people with a remark that has somebody whom `actor` may see, with how many. */
export async function remarkLinks(actor: Actor, organisationId: string) {
  const counted = await Promise.all(
    REMARKS.map(async remark => ({ remark, count: await countWithRemark(actor, organisationId, remark) })),
  );
  return counted
    .filter(({ count }) => count > 0)
    .map(({ remark, count }) => ({
      remark,
      href: remarkHref(`/organisations/${organisationId}/people`, remark),
      text: spoken(`people.remarks.${remark}`),
      count:
        count < MOST_REMARKED
          ? spoken('people.remarks.count', { count })
          : spoken('people.remarks.many', { most: MOST_REMARKED }),
    }));
}
