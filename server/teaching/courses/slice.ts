import type { Door } from '../../door.js';
import { courseAccessReactions } from './access/reactions.js';
import { commands } from './commands.js';
import { courseData } from './course-data.js';
import { courseEvents } from './events.js';
import { officeRoutes, routes } from './routes.js';
import * as courses from './tables.js';

/** Content: schema, loading, checking, publishing, access. */
export const door: Door = {
  name: 'courses',
  tables: Object.values(courses),
  personal: { tables: courseData },
  events: courseEvents,
  reactions: courseAccessReactions,
  commands,
  web: { pages: deps => [routes(deps), officeRoutes(deps)] },
};
