import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { TakenKind } from '../../../platform/events/taken-files.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import type { CsvTable } from '../../../platform/lib/text/csv.js';
import { signedIn } from '../../../policy.js';
import type { ItemRow } from './figures/quiz-figures.js';
import { itemFiguresPage, quizFiguresPage } from './figures-page.js';
import { quizStatistics } from './quiz-statistics.js';
import { choicesTable, itemsTable } from './statistics-csv.js';
import { namedScope, type NamedScope } from './statistics-scope.js';
import { isStillCounting } from '../../../platform/sums/uncounted.js';
import { QUIZZES } from './kept/sum-names.js';
import { takenPage } from './taken-page.js';

const HOME = '/admin/statistics';
const QUIZ = `${HOME}/:course/:version/:quiz`;

/** Question statistics: the quizzes that were taken, one quiz, one item, and the same as files. */
export function statistics(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(listQuizzes));
  router.get(QUIZ, on(showQuiz));
  csvRoutes(router, `${QUIZ}/items.csv`, on(sendItems));
  csvRoutes(router, `${QUIZ}/choices.csv`, on(sendChoices));
  router.get(`${QUIZ}/items/:item/:hash`, on(showItem));
  return router;
}

async function listQuizzes({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const values = { ...(await takenPage()), isCounting: await isStillCounting(QUIZZES) };
  show(req, res, 'teaching/quizzes/item-analysis/quizzes', values, { nav: 'admin' });
}

async function showQuiz({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const figures = await quizFiguresPage(await load(req));
  const values = { ...figures, isCounting: await isStillCounting(QUIZZES) };
  show(req, res, 'teaching/quizzes/item-analysis/quiz', values, { nav: 'admin' });
}

async function showItem({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const named = { item: String(req.params.item), hash: String(req.params.hash) };
  const values = await itemFiguresPage(await load(req), named);
  if (!values) throw new NotFound();
  show(req, res, 'teaching/quizzes/item-analysis/item', values, { nav: 'admin' });
}

const sendItems = ({ clock }: WebDeps, req: Request, res: Response): Promise<void> =>
  sendFigures(req, res, { what: 'items', kind: 'question-figures', tableOf: itemsTable, clock });

const sendChoices = ({ clock }: WebDeps, req: Request, res: Response): Promise<void> =>
  sendFigures(req, res, { what: 'choices', kind: 'choice-figures', tableOf: choicesTable, clock });

interface FiguresFile {
  readonly what: string;
  readonly kind: TakenKind;
  readonly tableOf: (rows: readonly ItemRow[]) => CsvTable;
  readonly clock: () => number;
}

async function sendFigures(
  req: Request,
  res: Response,
  { what, kind, tableOf, clock }: FiguresFile,
): Promise<void> {
  const { scope } = await load(req);
  const figures = await quizStatistics(scope);
  // The name of the file omits the module, whose name tells the topic; each record has the id of its question.
  const name = `${scope.courseSlug}-${scope.version ?? 'all'}-${what}.csv`;
  const table = tableOf(figures.isSmall ? [] : figures.items);
  const filters = { quiz: scope.quiz, attempts: scope.only };
  const by = { actorId: signedIn(actorOf(req)).id, organisationId: null, clock };
  await exportCsv({ req, res }, { kind, name, filters, ...table }, by);
}

async function load({ params, query }: Request): Promise<NamedScope> {
  const named = (part: string) => String(params[part]);
  const scope = await namedScope({
    course: named('course'),
    version: named('version'),
    quiz: named('quiz'),
    attempts: typed(query, 'attempts'),
  });
  if (!scope) throw new NotFound();
  return scope;
}
