import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import type { Zoned } from '../../../server/people/organisations/people/stored-members.js';
import type { Actor } from '../../../server/policy.js';
import { peopleStanding } from '../../../server/proof/reports/find-standings.js';
import { askedIntervals, openStandings } from '../../../server/proof/reports/open-standings.js';
import { overviewFigures } from '../../../server/proof/reports/overview-figures.js';
import { askedBy } from '../../../server/proof/reports/standing-filters.js';
import { readTallies } from '../../../server/proof/reports/standing-tallies.js';
import { csvParts } from '../../../server/platform/lib/text/csv.js';
import { standingsTable } from '../../../server/proof/reports/standings-csv.js';
import { reckonMember } from '../../../server/proof/requirements/reckoning/reckon.js';
import { row } from '../../support/rows.js';

/** A line of the table: what was done, and what it cost. */
export type Say = (what: string, work: () => Promise<unknown>) => Promise<void>;

/** What pages and files ask; the second time, as statements and caches are warm then. */
export async function readingStandings(say: Say, organisation: Zoned, now: number): Promise<void> {
  const twice = async (what: string, work: () => Promise<unknown>) => {
    await work();
    await say(what, work);
  };
  const open = (query: object) => openStandings(READER, { id: organisation.id, query, now });
  const [today, past] = [
    await open({}),
    await open({ on: daysAfter(dayOf(now, organisation.timeZone), -200) }),
  ];
  const [one] = past.chosen;
  const ofOne = { ...past, chosen: one ? [one] : [] };
  const all = askedBy(null, past.day);
  await twice('All figures of a dashboard', () => overviewFigures(today));
  await twice('One requirement on a past day', () =>
    readTallies(READER, { ...askedIntervals(ofOne), ...all }),
  );
  await twice('A page of the list', () =>
    peopleStanding(READER, askedIntervals(today), { after: '', limit: 50 }),
  );
  let bytes = 0;
  const file = async () => {
    for await (const { text } of csvParts(standingsTable(today))) bytes += text.length;
  };
  await say('Everybody as a file', file);
  const somebody = await row<{ id: string }>('select membership_id as id from assignments limit 1');
  await twice('Calculate one person', () => reckonMember(organisation, somebody?.id ?? ''));
}

/** Somebody who sees everybody. */
const READER: Actor = { id: 'bench', name: 'Bench', isAdministrator: true, memberships: [], grants: [] };
