import { Router, type Request, type Response } from 'express';
import { courseByNumber } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { parseInteger } from '../../lib/numbers.js';
import { describeCourse, requiredQuestions, requiredQuizzes } from '../lifecycle/award.js';
import type { Issuer } from './issuer.js';
import { listKeys, type KeyState } from './signing-keys.js';
import { achievementUrl, describeAchievement } from '../../open-badges/achievement.js';

/**
 * Who issues, and for what: the addresses that every certificate names. A person who follows one from a wallet gets a
 * page; a machine gets JSON, public and open to other origins.
 */
export function achievementRoutes({ show, config }: WebDeps, issuer: Issuer): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const profile = { id: issuer.did, type: ['Profile'], name: issuer.name, url: `${config.baseUrl}/issuer` };

  router.get('/issuer', async (req, res) => {
    if (!wantsPage(req)) return open(res, 3600).json(profile);
    const keys = (await listKeys()).map(key => ({ id: key.id, state: stateOf(key) }));
    show(req, res, 'certificates/issuer/issuer', { name: issuer.name, did: issuer.did, keys });
  });

  // One version of a course as an achievement: what a credential's criteria point at. It never changes.
  router.get('/achievements/:slug/:version', async (req, res) => {
    const number = parseInteger(req.params.version.replace(/^v/, ''), { min: 1, max: 1_000_000 });
    const published = number === null ? null : await courseByNumber(req.params.slug, number);
    if (!published) throw new NotFound();
    const course = describeCourse(published);
    const url = achievementUrl(config.baseUrl, course);
    const achievement = describeAchievement({ course, modules: requiredQuizzes(published), ends: true }, url);
    if (!wantsPage(req)) return open(res, 86_400).json({ ...achievement, creator: profile });
    const modules = requiredQuestions(published);
    show(req, res, 'certificates/issuer/achievement', {
      course,
      modules,
      issuer: issuer.name,
      noindex: true,
    });
  });

  function stateOf({ inUse, retiredAt, compromisedAt, createdAt }: KeyState): string {
    const on = (ms: number) => ({ date: formatDate(Number(ms), place) });
    if (compromisedAt !== null) return t('issuer.compromised', on(compromisedAt));
    if (retiredAt !== null) return t('issuer.retired', on(retiredAt));
    return t(inUse ? 'issuer.inUse' : 'issuer.replaced', on(createdAt));
  }

  return router;
}

/** Who says nothing is a machine. */
const wantsPage = (req: Request): boolean => req.accepts(['json', 'html']) === 'html';

const open = (res: Response, seconds: number): Response =>
  res
    .set('Access-Control-Allow-Origin', '*')
    .set('Cache-Control', `public, max-age=${seconds}`)
    .set('Vary', 'Accept');
