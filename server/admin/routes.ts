import { Router, type Request } from 'express';
import {
  certificateByCode,
  findCertificate,
  newestCertificates,
  type CertificateFacts,
} from '../certificates/queries.js';
import { checksInLastMonth } from '../certificates/verification/counters.js';
import { changeLinks } from '../certificates/lifecycle/state-changes.js';
import { lastDayInWords } from '../certificates/certificate-card.js';
import { certificateState } from '../certificates/lifecycle/certificate-state.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate, formatTime } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { displayCode, isId, normaliseCode } from '../lib/ids.js';
import { authorise } from '../policy.js';
import { certificateHistory } from '../certificates/lifecycle/history.js';
import { installationFigures, MOST_COUNTED } from './figures.js';
import { findPeople } from './people/search.js';
import { accessPages } from './people/routes-access.js';
import { jobPages } from './routes-jobs.js';
import { personPages } from './people/routes.js';
import { warningsNow } from './warnings.js';

/** Rows on one page of a list. */
const PAGE = 50;

/** What administrators see of the installation: figures and warnings, certificates, people. */
export function routes(deps: WebDeps): Router {
  const { show, clock, config } = deps;
  const router = Router();
  router.use(jobPages(deps));
  router.use(personPages(deps));
  router.use(accessPages(deps));
  const t = spoken;
  const place = hereIn(config.timeZone);
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin', async (req, res) => {
    guard(req);
    const warnings = await warningsNow({ config, now: clock() });
    const figures = Object.entries(await installationFigures()).map(([name, count]) => ({
      name,
      count: counted(count),
    }));
    show(req, res, 'admin/home', { figures, warnings }, { nav: 'admin' });
  });

  router.get('/admin/certificates', async (req, res) => {
    guard(req);
    const query = typed(req.query, 'query').trim();
    const after = typed(req.query, 'after');
    const found = query ? await byCode(query) : await newestCertificates(PAGE, isId(after) ? after : null);
    const last = found.at(-1);
    const next = found.length === PAGE && last ? `/admin/certificates?after=${last.id}` : null;
    const checks = await checksInLastMonth(clock());
    show(
      req,
      res,
      'admin/certificates',
      { query, results: found.map(describe), next, checks },
      { nav: 'admin' },
    );
  });

  router.get('/admin/certificates/:id', async (req, res) => {
    guard(req);
    const certificate = await findCertificate(req.params.id);
    if (!certificate) throw new NotFound();
    const values = {
      certificate: describe(certificate),
      history: (await certificateHistory(certificate.id)).map(entry => ({
        what: t(`admin.event.${entry.what}`),
        who: entry.who ?? t('admin.system'),
        when: `${formatDate(entry.at, place)}, ${formatTime(entry.at, place)}`,
        reason: entry.reason && [t(`reason.${entry.reason}`), entry.note].filter(Boolean).join(' · '),
      })),
      rulings: changeLinks(actorOf(req), certificate),
      isOwn: certificate.userId === actorOf(req)?.id,
      chain: chainOf(certificate),
      packs: packsOf(certificate),
    };
    show(req, res, 'admin/certificate', values, { nav: 'admin' });
  });

  router.get('/admin/people', async (req, res) => {
    guard(req);
    const query = typed(req.query, 'query').trim();
    const found = await findPeople(query, typed(req.query, 'after'), PAGE);
    const last = found.at(-1);
    const more = new URLSearchParams({ query, after: last?.next ?? '' });
    const values = {
      query,
      people: found.map(person => ({
        ...person,
        since: formatDate(person.createdAt, place),
        isAdministrator: Boolean(person.isAdministrator),
        isDisabled: person.disabledAt !== null,
      })),
      next: found.length >= PAGE ? `/admin/people?${more.toString()}` : null,
    };
    show(req, res, 'admin/people/people', values, { nav: 'admin' });
  });

  const counted = (count: number | null): string =>
    count === null ? t('admin.countMore', { most: MOST_COUNTED }) : t('numbers.whole', { value: count });

  async function byCode(query: string): Promise<CertificateFacts[]> {
    const code = normaliseCode(query);
    const found = code && (await certificateByCode(code));
    return found ? [found] : [];
  }

  function describe(certificate: CertificateFacts) {
    return {
      holder: certificate.facts.name,
      course: certificate.facts.course.title,
      awarded: formatDate(certificate.awardedAt, place),
      validUntil: lastDayInWords(certificate, place, t),
      state: certificateState(certificate, clock()),
      code: displayCode(certificate.code),
      href: `/admin/certificates/${certificate.id}`,
    };
  }

  /** The certificates before and after this one. */
  function chainOf({ replaces, replacedBy }: CertificateFacts) {
    return [
      ...(replaces ? [{ href: `/admin/certificates/${replaces}`, text: t('rulings.replaces') }] : []),
      ...(replacedBy ? [{ href: `/admin/certificates/${replacedBy}`, text: t('rulings.replacedBy') }] : []),
    ];
  }

  /** What proves it to an auditor: alone, and with all others of the organisation. */
  function packsOf({ id, organisationId, ledgerSeq }: CertificateFacts) {
    const whole = {
      href: `/organisations/${organisationId}/audit-pack.zip`,
      text: t('certificate.organisationPack'),
    };
    const own = { href: `/certificates/${id}/audit-pack.zip`, text: t('certificate.auditPack') };
    return ledgerSeq === null ? [whole] : [own, whole];
  }

  return router;
}
