import type { Door } from '../../door.js';
import { loadActor } from './actors.js';
import { brandOfReader, logoForms } from './branding/routes.js';
import { commands } from './commands.js';
import { courseLinkReactions } from './course-links/reactions.js';
import * as courseLinks from './course-links/tables.js';
import * as entry from './entry/tables.js';
import { organisationEvents } from './events.js';
import { roleReactions } from './grants/reactions.js';
import { invitationReactions } from './invitations/reactions.js';
import * as invitations from './invitations/tables.js';
import * as joining from './joining/tables.js';
import { memberData } from './member-data.js';
import { eraseMembers } from './people/erase-members.js';
import { organisationReactions } from './reactions.js';
import { rosterReactions } from './roster/reactions.js';
import { rosterFiles } from './roster/routes-upload.js';
import * as rosters from './roster/tables.js';
import { organisationRoutes } from './routes.js';
import { organisationRoutines } from './routines.js';
import { languageOfReader } from './settings/routes-language.js';
import * as organisations from './tables.js';

/** Memberships, units, people, lists, invitations, roles, join codes, cards. */
export const door: Door = {
  name: 'organisations',
  tables: Object.values({
    ...{ ...organisations, ...rosters, ...invitations },
    ...{ ...joining, ...entry, ...courseLinks },
  }),
  personal: { tables: memberData, erase: eraseMembers },
  events: organisationEvents,
  reactions: {
    ...courseLinkReactions,
    ...roleReactions,
    ...invitationReactions,
    ...organisationReactions,
    ...rosterReactions,
  },
  routines: organisationRoutines,
  commands,
  web: {
    signIn: () => ({ loadActor }),
    files: () => [logoForms(), rosterFiles()],
    reader: ({ config }) => [languageOfReader(config), brandOfReader],
    proofFirst: ['/organisations/:id/roles/:role'],
    pages: organisationRoutes,
  },
};
