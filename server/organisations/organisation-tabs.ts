import { can, type Actor } from '../policy.js';

/** The pages of an organisation: name (of its text and for `_tabs.ejs`), address below the organisation's, and who may open it. */
const TABS = [
  ['overview', '', 'organisation.manage'],
  ['standings', '/standings', 'organisation.people'],
  ['people', '/people', 'organisation.people'],
  ['units', '/units', 'organisation.people'],
  ['requirements', '/requirements', 'organisation.people'],
  ['reminders', '/reminders', 'organisation.people'],
  ['evidence', '/evidence', 'organisation.manage'],
  ['sessions', '/sessions', 'organisation.teach'],
  ['roles', '/roles', 'organisation.administer'],
  ['roster', '/roster', 'organisation.administer'],
  ['joining', '/joining', 'organisation.people'],
  ['entry', '/entry', 'organisation.people'],
  ['invitations', '/invitations', 'organisation.administer'],
  ['settings', '/settings', 'organisation.administer'],
] as const;

/** The head of an organisation's pages: its name, and a tab for each page that the actor may open. */
export const organisationHead = ({ id, name }: { id: string; name: string }, actor: Actor) => ({
  name,
  tabs: TABS.filter(([, , action]) => can(actor, action, { organisationId: id })).map(([tab, path]) => ({
    tab,
    href: `/organisations/${id}${path}`,
  })),
});
