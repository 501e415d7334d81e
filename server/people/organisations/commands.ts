import { deriveSecrets } from '../../platform/http/secrets.js';
import { coursesOpenTo } from '../../teaching/courses/grants.js';
import type { Command } from '../../door.js';
import { runOrganisations } from './command-organisations.js';
import { runEntryCards } from './entry/command-entry.js';
import { runGrants } from './grants/command-grants.js';
import { runJoinCodes } from './joining/command-join-codes.js';
import { runRoster } from './roster/command-roster.js';

export const commands: readonly Command[] = [
  {
    name: 'grants',
    usage: `
  grants list ORGANISATION | end ID
  grants appoint EMAIL --organisation ORGANISATION --role ROLE [--unit UNIT] [--from DAY] [--last DAY]
                                   who manages, teaches, audits or administers an organisation or a unit`,
    run: (args, { say, withDatabase }) => withDatabase(() => runGrants(args, say)),
  },
  {
    name: 'organisations',
    usage: `
  organisations list               their ids and names
  organisations add NAME --country CC --time-zone ZONE [--sector S] [--locale L] [--contact EMAIL]
  organisations suspend ORGANISATION | reopen ORGANISATION
                                   pause the training of its people, or let it go on`,
    run: (args, { say, withDatabase }) => withDatabase(() => runOrganisations(args, say)),
  },
  {
    name: 'join-codes',
    usage: `
  join-codes list ORGANISATION | end CODE
  join-codes make ORGANISATION [--unit UNIT] [--course SLUG] [--from DAY] [--last DAY] [--most PEOPLE]
                                   codes on posters, by which anybody joins an organisation`,
    run: (args, { say, withDatabase }) => withDatabase(() => runJoinCodes(args, slugsOpenTo, say)),
  },
  {
    name: 'entry-cards',
    usage: `
  entry-cards list ORGANISATION --as EMAIL [--unit UNIT] [--with-address]
  entry-cards make ORGANISATION --as EMAIL [--unit UNIT] [--staff-number NUMBER] [--with-address]
                                   codes for people without an e-mail address (or with one, too), each with a staff number`,
    run: (args, { say, withDatabase }) =>
      withDatabase(config => runEntryCards(args, deriveSecrets(config).links, say)),
  },
  {
    name: 'roster',
    usage: `
  roster preview ORGANISATION FILE --as EMAIL | roster import ORGANISATION FILE --as EMAIL
         [--whole] [--make-units] [--days day-first|month-first]
                                   compare a list of people (CSV, OneRoster) with those that are known, or import it`,
    run: (args, { say, withDatabase }) => withDatabase(() => runRoster(args, say)),
  },
];

const slugsOpenTo = async (organisationId: string): Promise<string[]> =>
  (await coursesOpenTo(organisationId, Date.now())).map(({ slug }) => slug);
