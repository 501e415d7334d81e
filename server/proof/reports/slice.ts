import { Router } from 'express';
import type { Door } from '../../door.js';
import { reportEvents } from './events.js';
import { notificationPages } from './notification-counts/routes-counts.js';
import * as notificationCounts from './notification-counts/tables.js';
import { nudgeRoutes } from './nudge/routes-nudge.js';
import { evidencePackRoutes } from './packs/evidence/routes-packs.js';
import { paperRoutes } from './packs/papers/routes-papers.js';
import { leadToRooms } from './rooms/arrival/routes-home.js';
import { roomReactions } from './rooms/reactions.js';
import { roomData } from './rooms/room-data.js';
import { roomRoutes } from './rooms/routes.js';
import * as rooms from './rooms/tables.js';
import { standingRoutes } from './routes.js';
import { ruleReportPages } from './rules/report/routes-report.js';
import { rulePages } from './rules/routes-rules.js';
import * as reportRules from './rules/tables.js';
import { sealedReactions } from './sealed/reactions.js';
import { evidencePages } from './sealed/routes.js';
import { sealedRoutines } from './sealed/routines.js';
import * as reports from './tables.js';
import { whyRoutes } from './why/routes-why.js';

/** Training status pages, sealed files, evidence packs, auditor rooms, rules. */
export const door: Door = {
  name: 'reports',
  tables: Object.values({ ...reports, ...reportRules, ...rooms, ...notificationCounts }),
  personal: { tables: roomData },
  events: reportEvents,
  reactions: { ...roomReactions, ...sealedReactions },
  routines: sealedRoutines,
  web: {
    leads: () => [Router().get('/learning', leadToRooms)],
    reports: [
      '/organisations/:id/evidence/files/:file/since',
      '/organisations/:id/evidence/rules/:rule/report',
      '/organisations/:id/standings',
      '/organisations/:id/standings.csv',
      '/rooms/:room',
      '/rooms/:room/changes',
      '/rooms/:room/people',
    ],
    proofFirst: [
      '/organisations/:id/evidence/audit-pack',
      '/organisations/:id/evidence/files/:file/download',
      '/organisations/:id/evidence/packs',
      '/organisations/:id/evidence/papers',
      '/organisations/:id/standings.csv',
    ],
    pages: deps => [
      ...[standingRoutes(deps), rulePages(deps), ruleReportPages(deps), notificationPages(deps)],
      ...[evidencePages(deps), evidencePackRoutes(deps), paperRoutes(deps)],
      ...[nudgeRoutes(deps), whyRoutes(deps), roomRoutes(deps)],
    ],
  },
};
