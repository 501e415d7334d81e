import type { Door } from '../../door.js';
import { signingPages } from './acknowledgements/routes-sign.js';
import { acknowledgementPages } from './acknowledgements/routes-statements.js';
import * as acknowledgements from './acknowledgements/tables.js';
import * as credits from './credits/tables.js';
import { eraseLearning } from './erase-learning.js';
import { learningEvents } from './events.js';
import { learningData } from './learning-data.js';
import { oneCoursePages } from './one-course/routes-one-course.js';
import { withinOneCourse } from './one-course/routes-scope.js';
import { learningReactions } from './reactions.js';
import { routes } from './routes.js';
import { learningRoutines } from './routines.js';
import * as learning from './tables.js';

/** Enrolments, cycles, progress, lessons, credits. */
export const door: Door = {
  name: 'learning',
  tables: Object.values({ ...learning, ...credits, ...acknowledgements }),
  personal: { tables: learningData, erase: eraseLearning },
  events: learningEvents,
  reactions: learningReactions,
  routines: learningRoutines,
  web: {
    walls: () => [withinOneCourse],
    pages: deps => [
      ...[routes(deps), oneCoursePages(deps, deps.signIn)],
      ...[acknowledgementPages(deps), signingPages(deps)],
    ],
  },
};
