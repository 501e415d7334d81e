import type { Door } from '../../door.js';
import { eraseQuizzes } from './erase-quizzes.js';
import { quizEvents } from './events.js';
import { countedQuizzes } from './item-analysis/kept/counted-quizzes.js';
import { quizData } from './quiz-data.js';
import { regradingReactions } from './regrading/reactions.js';
import * as regrading from './regrading/tables.js';
import { officeRoutes, routes } from './routes.js';
import { quizRoutines } from './routines.js';
import * as quizzes from './tables.js';

/** Drawing, attempts, grading, results, regrading, statistics, exchange formats. */
export const door: Door = {
  name: 'quizzes',
  tables: Object.values({ ...quizzes, ...regrading }),
  personal: { tables: quizData, erase: eraseQuizzes },
  events: quizEvents,
  reactions: regradingReactions,
  routines: quizRoutines,
  figures: [countedQuizzes],
  web: {
    reports: ['/admin/statistics', '/admin/signals', '/admin/rulings', '/admin/regrades'],
    pages: deps => [routes(deps), officeRoutes(deps)],
  },
};
