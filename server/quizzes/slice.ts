import type { Door } from '../door.js';
import { formsWithFiles } from '../http/files/uploads.js';
import { can } from '../policy.js';
import { commands } from './commands.js';
import { eraseQuizzes } from './erase-quizzes.js';
import { LARGE_FORMS } from './exchange/routes.js';
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
  commands,
  web: {
    files: ({ config }) => [
      formsWithFiles(
        path => LARGE_FORMS.includes(path),
        actor => can(actor, 'installation.administer', config),
      ),
    ],
    reports: ['/admin/statistics', '/admin/signals', '/admin/rulings', '/admin/regrades'],
    proofFirst: ['/admin/questions/export'],
    pages: deps => [routes(deps), officeRoutes(deps)],
  },
};
