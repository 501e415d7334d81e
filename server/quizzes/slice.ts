import type { Door } from '../door.js';
import { eraseQuizzes } from './erase-quizzes.js';
import { countedQuizzes } from './item-analysis/kept/counted-quizzes.js';
import { quizData } from './quiz-data.js';
import * as regrading from './regrading/tables.js';
import { officeRoutes, routes } from './routes.js';
import * as quizzes from './tables.js';

/** Drawing, attempts, grading, results, regrading, statistics, exchange formats. */
export const door: Door = {
  name: 'quizzes',
  tables: Object.values({ ...quizzes, ...regrading }),
  personal: { tables: quizData, erase: eraseQuizzes },
  figures: [countedQuizzes],
  web: {
    reports: ['/admin/statistics', '/admin/signals', '/admin/rulings', '/admin/regrades'],
    pages: deps => [routes(deps), officeRoutes(deps)],
  },
};
