import type { Door } from '../door.js';
import { loadActor } from './actors.js';
import { brandingPages, brandOfReader, logoForms } from './branding/routes.js';
import { commands } from './commands.js';
import { courseLinkReactions } from './course-links/reactions.js';
import { courseLinkPages } from './course-links/routes-course-links.js';
import { openLinkPages } from './course-links/routes-open-link.js';
import * as courseLinks from './course-links/tables.js';
import { entryCodePages } from './entry/routes-entry-codes.js';
import { entryPages } from './entry/routes-entry.js';
import * as entry from './entry/tables.js';
import { organisationEvents } from './events.js';
import { roleReactions } from './grants/reactions.js';
import { roleRoutes } from './grants/routes.js';
import { invitationReactions } from './invitations/reactions.js';
import { accountLinkPages } from './invitations/routes-account-link.js';
import { invitationPage } from './invitations/routes-invitation.js';
import { newInvitationPages } from './invitations/routes-new-invitation.js';
import { invitationPages } from './invitations/routes.js';
import * as invitations from './invitations/tables.js';
import { joinCodePages } from './joining/routes-codes.js';
import { joinPages } from './joining/routes-join.js';
import * as joining from './joining/tables.js';
import { memberData } from './member-data.js';
import { eraseMembers } from './people/erase-members.js';
import { placePages } from './people/places/routes-places.js';
import { personDetails } from './people/routes-person-details.js';
import { remarkPages } from './people/routes-remarks.js';
import { organisationReactions } from './reactions.js';
import { rosterReactions } from './roster/reactions.js';
import { rosterFiles } from './roster/routes-upload.js';
import { rosterPages } from './roster/routes.js';
import * as rosters from './roster/tables.js';
import { organisationRoutines } from './routines.js';
import { languageOfReader } from './settings/routes-language.js';
import { organisationOffice } from './settings/routes-organisations.js';
import { suspensionPages } from './settings/routes-suspension.js';
import { organisationPages } from './settings/routes.js';
import * as organisations from './tables.js';
import { unitPages } from './units/routes-units.js';

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
    pages: deps => [
      ...[organisationOffice(deps), organisationPages(deps), suspensionPages(deps), brandingPages(deps)],
      ...[unitPages(deps), rosterPages(deps), roleRoutes(deps), accountLinkPages(deps)],
      ...[newInvitationPages(deps), invitationPages(deps), invitationPage(deps, deps.signIn)],
      ...[joinPages(deps), joinCodePages(deps), courseLinkPages(deps), openLinkPages(deps, deps.signIn)],
      ...[entryPages(deps, deps.signIn), entryCodePages(deps)],
      ...[remarkPages(deps), personDetails(deps), placePages(deps)],
    ],
  },
};
