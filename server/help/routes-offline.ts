import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { openOrganisation } from '../organisations/memberships.js';
import { library } from '../courses/catalogue.js';
import { ownHotline } from './own-hotline.js';
import { asHotline, countriesByName, freshHotlines, hotlinesFor, markHotlines } from './hotlines.js';

/** Two pages that every browser keeps (views/assets/worker.js), for times without a line. They hold nothing of anybody. */
export function offline({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const today = () => formatDate(clock(), hereIn(config.timeZone));
  const day = (text: string) => formatDate(Date.parse(text), hereIn('UTC'));

  router.get('/offline', (req, res) => {
    show(req, res, 'help/offline', { saved: today() });
  });

  // Without a line nobody can choose a country on the server: all stand here.
  router.get('/offline/concern', async (req, res) => {
    const { hotlines } = await library();
    const organisation = await openOrganisation();
    const own = await ownHotline(organisation.id);
    const ownLines = own ? [asHotline(own, spoken('concern.own', { organisation: organisation.name }))] : [];
    const reading = { now: clock(), inWords: day };
    const countries = countriesByName(hotlines).map(country => ({
      name: country.name,
      emergency: country.emergency,
      lines: markHotlines(hotlinesFor(hotlines, country, reading.now), reading),
    }));
    const values = {
      own: freshHotlines(ownLines, reading),
      countries,
      notice: hotlines.notice,
      saved: today(),
    };
    show(req, res, 'help/offline-concern', values);
  });

  return router;
}
