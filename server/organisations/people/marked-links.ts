import { spoken } from '../../i18n/spoken.js';
import type { Actor } from '../../policy.js';
import { countMarked, MARKS, MOST_COUNTED, type Mark } from './marked-people.js';

const PATHS: Readonly<Record<Mark, string>> = { names: 'names', jobs: 'without-job' };

/** The address of a list of marked people; `people`: that of the organisation's people. */
export const markedHref = (people: string, mark: Mark): string => `${people}/${PATHS[mark]}`;

/** A link to each list of marked people that has somebody whom `actor` may see, with how many. */
export async function markedLinks(actor: Actor, organisationId: string) {
  const counted = await Promise.all(
    MARKS.map(async mark => ({ mark, count: await countMarked(actor, organisationId, mark) })),
  );
  return counted
    .filter(({ count }) => count > 0)
    .map(({ mark, count }) => ({
      mark,
      href: markedHref(`/organisations/${organisationId}/people`, mark),
      text: spoken(`people.marked.${mark}`),
      count:
        count < MOST_COUNTED
          ? spoken('people.marked.count', { count })
          : spoken('people.marked.many', { count: MOST_COUNTED }),
    }));
}
