import { can, type Actor } from '../../policy.js';

/** The pages of an organisation in groups: name (of its text and for `_tabs.ejs`), address below the organisation's, and who may open it. */
const GROUPS = {
  organisation: [
    ['overview', '', 'organisation.manage'],
    ['settings', '/settings', 'organisation.administer'],
  ],
  people: [
    ['people', '/people', 'organisation.people'],
    ['units', '/units', 'organisation.people'],
    ['roles', '/roles', 'organisation.administer'],
  ],
  adding: [
    ['roster', '/roster', 'organisation.administer'],
    ['invitations', '/invitations', 'organisation.administer'],
    ['joining', '/joining', 'organisation.people'],
    ['entry', '/entry', 'organisation.people'],
  ],
  training: [
    ['requirements', '/requirements', 'organisation.people'],
    ['sessions', '/sessions', 'organisation.teach'],
    ['reminders', '/reminders', 'organisation.people'],
  ],
  reports: [
    ['standings', '/standings', 'organisation.people'],
    ['evidence', '/evidence', 'organisation.manage'],
  ],
} as const;

/** The head of an organisation's pages: its name, and in groups a tab for each page that the actor may open. */
export const organisationHead = ({ id, name }: { id: string; name: string }, actor: Actor) => ({
  name,
  groups: Object.entries(GROUPS)
    .map(([group, tabs]) => ({
      group,
      tabs: tabs
        .filter(([, , action]) => can(actor, action, { organisationId: id }))
        .map(([tab, path]) => ({ tab, href: `/organisations/${id}${path}` })),
    }))
    .filter(({ tabs }) => tabs.length > 0),
});
