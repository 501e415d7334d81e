import type { Router } from 'express';
import type { SignIn } from '../accounts/sign-in/sign-in.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { brandingPages } from './branding/routes.js';
import { courseLinkPages } from './course-links/routes-course-links.js';
import { openLinkPages } from './course-links/routes-open-link.js';
import { entryCodePages } from './entry/routes-entry-codes.js';
import { entryPages } from './entry/routes-entry.js';
import { roleRoutes } from './grants/routes.js';
import { accountLinkPages } from './invitations/routes-account-link.js';
import { invitationPage } from './invitations/routes-invitation.js';
import { newInvitationPages } from './invitations/routes-new-invitation.js';
import { invitationPages } from './invitations/routes.js';
import { joinCodePages } from './joining/routes-codes.js';
import { joinPages } from './joining/routes-join.js';
import { placePages } from './people/places/routes-places.js';
import { personDetails } from './people/routes-person-details.js';
import { remarkPages } from './people/routes-remarks.js';
import { rosterPages } from './roster/routes.js';
import { organisationOffice } from './settings/routes-organisations.js';
import { suspensionPages } from './settings/routes-suspension.js';
import { organisationPages } from './settings/routes.js';
import { unitPages } from './units/routes-units.js';

/** All pages of this slice. */
export const organisationRoutes = (deps: WebDeps & { readonly signIn: SignIn }): Router[] => [
  ...[organisationOffice(deps), organisationPages(deps), suspensionPages(deps), brandingPages(deps)],
  ...[unitPages(deps), rosterPages(deps), roleRoutes(deps), accountLinkPages(deps)],
  ...[newInvitationPages(deps), invitationPages(deps), invitationPage(deps, deps.signIn)],
  ...[joinPages(deps), joinCodePages(deps), courseLinkPages(deps), openLinkPages(deps, deps.signIn)],
  ...[entryPages(deps, deps.signIn), entryCodePages(deps)],
  ...[remarkPages(deps), personDetails(deps), placePages(deps)],
];
