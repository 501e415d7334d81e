import type { Door } from '../../door.js';
import { changeRoutes } from './changes/routes-changes.js';
import { attendanceRoutes } from './classroom/attendance/routes-attendance.js';
import { hoursRoutes } from './classroom/hours/routes-hours.js';
import { classroomReactions } from './classroom/reactions.js';
import { ownSessionRoutes } from './classroom/sessions/routes-own-sessions.js';
import { sessionRoutes } from './classroom/sessions/routes-sessions.js';
import { signingRoutes } from './classroom/signing/routes-signing.js';
import * as classroom from './classroom/tables.js';
import { commands } from './commands.js';
import { dutyData } from './duty-data.js';
import { requirementEvents } from './events.js';
import { exemptionRoutes } from './exemptions/routes-exemptions.js';
import { requirementReactions } from './reactions.js';
import { rehearsalRoutes } from './rehearsal/routes-rehearsal.js';
import * as drafts from './rehearsal/tables.js';
import { requirementRoutines } from './routines.js';
import { requirementRoutes } from './rules/routes.js';
import * as requirements from './tables.js';

/** Who must complete what, exemptions, classroom sessions, training status. */
export const door: Door = {
  name: 'requirements',
  tables: Object.values({ ...requirements, ...drafts, ...classroom }),
  personal: { tables: dutyData },
  events: requirementEvents,
  reactions: { ...classroomReactions, ...requirementReactions },
  routines: requirementRoutines,
  commands,
  web: {
    pages: deps => [
      ...[requirementRoutes(deps), changeRoutes(deps), rehearsalRoutes(deps), exemptionRoutes(deps)],
      ...[hoursRoutes(deps), sessionRoutes(deps), attendanceRoutes(deps)],
      ...[signingRoutes(deps), ownSessionRoutes(deps)],
    ],
  },
};
