import { Router, type Request, type Response } from 'express';
import { courseByNumber, type PublishedCourse } from '../../../teaching/courses/catalogue.js';
import { NotFound } from '../../../errors.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { achievementUrl, describeAchievement } from '../../open-badges/achievement.js';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { describeCourse, requiredQuestions, requiredQuizzes } from '../lifecycle/award.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { keyStateInWords } from './keys-page.js';
import { listKeys } from './signing-keys.js';

/**
 * The issuer and its achievements, at the addresses that every certificate names. A person who follows one from a wallet
 * gets a page; a machine gets JSON, public and open to other origins.
 */
export function achievementRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/issuer', on(showIssuer));
  router.get('/achievements/:slug/:version', on(showAchievement));
  router.get('/achievements/:slug/:version/renewal', on(showRenewal));
  return router;
}

async function showIssuer(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { show, issuer, config } = deps;
  if (!wantsHtml(req)) return void open(res, 3600).json(profileOf(deps));
  const place = hereIn(config.timeZone);
  const keys = (await listKeys()).map(key => ({ id: key.id, state: keyStateInWords(key, place) }));
  show(req, res, 'proof/certificates/issuer/issuer', { name: issuer.name, did: issuer.did, keys });
}

/** One version of a course as an achievement, which the criteria of a credential point at. It never changes. */
const showAchievement = async (deps: IssuerDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, { course: await courseAt(req) });

/** The same of its shorter path, for those who renew. */
async function showRenewal(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { versionId, snapshot } = await courseAt(req);
  if (!snapshot.renewal) throw new NotFound();
  const course = await takenCourse({ courseVersionId: versionId, path: 'renewal' });
  page(deps, req, res, { course, path: 'renewal' });
}

function page(
  deps: IssuerDeps,
  req: Request,
  res: Response,
  { course: taken, path }: { course: PublishedCourse; path?: 'renewal' },
): void {
  const course = describeCourse(taken);
  if (!wantsHtml(req)) {
    const url = achievementUrl(deps.config.baseUrl, course, path);
    const achievement = describeAchievement({ course, modules: requiredQuizzes(taken) }, url);
    return void open(res, 86_400).json({ ...achievement, creator: profileOf(deps) });
  }
  const modules = requiredQuestions(taken);
  const values = { course, modules, issuer: deps.issuer.name, noindex: true };
  deps.show(req, res, 'proof/certificates/issuer/achievement', values);
}

async function courseAt({ params }: Request): Promise<PublishedCourse> {
  const number = parseInteger(String(params['version']).replace(/^v/, ''), { min: 1, max: 1_000_000 });
  const published = number === null ? null : await courseByNumber(String(params['slug']), number);
  if (!published) throw new NotFound();
  return published;
}

const profileOf = ({ issuer, config }: IssuerDeps) => ({
  id: issuer.did,
  type: ['Profile'],
  name: issuer.name,
  url: `${config.baseUrl}/issuer`,
});

/** A client that states no preference is a machine. */
const wantsHtml = (req: Request): boolean => req.accepts(['json', 'html']) === 'html';

const open = (res: Response, seconds: number): Response =>
  res
    .set('Access-Control-Allow-Origin', '*')
    .set('Cache-Control', `public, max-age=${seconds}`)
    .set('Vary', 'Accept');
