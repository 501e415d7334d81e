import * as factors from './accounts/factors/tables.js';
import * as accounts from './accounts/tables.js';
import * as apiTokens from './api-tokens/tables.js';
import * as elsewhere from './certificates/elsewhere/tables.js';
import * as holder from './certificates/holder/tables.js';
import * as issuer from './certificates/issuer/tables.js';
import * as ledger from './certificates/ledger/tables.js';
import * as renewal from './certificates/renewal/tables.js';
import * as statusLists from './certificates/status-lists/tables.js';
import * as erasure from './certificates/erasure/tables.js';
import * as certificates from './certificates/tables.js';
import * as verification from './certificates/verification/tables.js';
import * as courses from './courses/tables.js';
import type { Table } from './db/table.js';
import * as events from './events/tables.js';
import * as followUp from './follow-up/tables.js';
import * as help from './help/tables.js';
import * as http from './http/tables.js';
import * as acknowledgements from './learning/acknowledgements/tables.js';
import * as credits from './learning/credits/tables.js';
import * as learning from './learning/tables.js';
import * as duties from './notifications/duties/tables.js';
import * as managers from './notifications/managers/tables.js';
import * as merging from './merging/tables.js';
import * as notifications from './notifications/tables.js';
import * as identity from './identity/tables.js';
import * as invitations from './organisations/invitations/tables.js';
import * as courseLinks from './organisations/course-links/tables.js';
import * as entry from './organisations/entry/tables.js';
import * as joining from './organisations/joining/tables.js';
import * as rosters from './organisations/roster/tables.js';
import * as organisations from './organisations/tables.js';
import * as provisioning from './provisioning/tables.js';
import * as privacy from './privacy/tables.js';
import * as sums from './sums/tables.js';
import * as regrading from './quizzes/regrading/tables.js';
import * as quizzes from './quizzes/tables.js';
import * as rooms from './reports/rooms/tables.js';
import * as reports from './reports/tables.js';
import * as notificationCounts from './reports/notification-counts/tables.js';
import * as reportRules from './reports/rules/tables.js';
import * as classroom from './requirements/classroom/tables.js';
import * as drafts from './requirements/rehearsal/tables.js';
import * as requirements from './requirements/tables.js';

/** Every table of the product, by the slice that owns it: each `tables.ts` exports its tables and nothing else. */
export const TABLES: Readonly<Record<string, readonly Table[]>> = {
  events: Object.values(events),
  sums: Object.values(sums),
  http: Object.values(http),
  accounts: Object.values({ ...accounts, ...factors }),
  organisations: Object.values({
    ...organisations,
    ...rosters,
    ...invitations,
    ...joining,
    ...entry,
    ...courseLinks,
  }),
  identity: Object.values(identity),
  'api-tokens': Object.values(apiTokens),
  provisioning: Object.values(provisioning),
  help: Object.values(help),
  courses: Object.values(courses),
  learning: Object.values({ ...learning, ...credits, ...acknowledgements }),
  quizzes: [...Object.values(quizzes), ...Object.values(regrading)],
  followUp: Object.values(followUp),
  certificates: Object.values({
    ...certificates,
    ...issuer,
    ...statusLists,
    ...ledger,
    ...verification,
    ...renewal,
    ...holder,
    ...erasure,
    ...elsewhere,
  }),
  requirements: Object.values({ ...requirements, ...drafts, ...classroom }),
  notifications: Object.values({ ...notifications, ...duties, ...managers }),
  reports: Object.values({ ...reports, ...reportRules, ...rooms, ...notificationCounts }),
  privacy: Object.values(privacy),
  merging: Object.values(merging),
};
