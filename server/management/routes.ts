import { Router } from 'express';
import { findCertificate, type CertificateFacts } from '../certificates/queries.js';
import { waitingNameRequests } from '../certificates/holder/name-corrections.js';
import { changeLinks } from '../certificates/lifecycle/state-changes.js';
import { lastDayInWords } from '../certificates/certificate-card.js';
import { certificateState } from '../certificates/lifecycle/certificate-state.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { isId } from '../lib/ids.js';
import { organisationsNamed } from '../organisations/memberships.js';
import { managedBy, signedIn, type Actor } from '../policy.js';
import { chosenOrganisation } from '../organisations/chosen.js';
import { certificatesIn } from '../certificates/in-organisation.js';

/** Rows on one page of a list. */
const PAGE = 50;

/** The way of managers to all that they may look at and decide. Not there for anybody else. */
export function team({ show, clock, config }: Pick<WebDeps, 'show' | 'clock' | 'config'>): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/team', async (req, res) => {
    const managed = managedBy(signedIn(actorOf(req)));
    if (managed.length === 0) throw new NotFound();
    const values = {
      waiting: (await waitingNameRequests(managed)).length,
      organisations: (await organisationsNamed(managed)).map(({ id, name }) => ({
        name,
        certificatesHref: `/team/certificates?organisation=${id}`,
        followUpHref: `/admin/follow-up?organisation=${id}`,
        signalsHref: `/admin/signals?organisation=${id}`,
        shownNameHref: `/organisations/${id}/shown-name`,
        paperHref: `/organisations/${id}/paper`,
        packHref: `/organisations/${id}/audit-pack.zip`,
      })),
    };
    show(req, res, 'management/team', values, { nav: 'team' });
  });

  router.get('/team/certificates', async (req, res) => {
    const { current } = await chosenOrganisation(
      signedIn(actorOf(req)),
      typed(req.query, 'organisation'),
      none,
    );
    // Administrators have the list of all.
    if (!current) throw new NotFound();
    const after = typed(req.query, 'after');
    const ids = await certificatesIn(current.id, { limit: PAGE, after: isId(after) ? after : null });
    const found = await Promise.all(ids.map(findCertificate));
    const query = new URLSearchParams({ organisation: current.id, after: ids.at(-1) ?? '' });
    const values = {
      organisation: current.name,
      results: found
        .filter(certificate => certificate !== null)
        .map(certificate => describe(certificate, actorOf(req))),
      next: ids.length === PAGE ? `/team/certificates?${query.toString()}` : null,
    };
    show(req, res, 'management/certificates', values, { nav: 'team' });
  });

  function describe(certificate: CertificateFacts, actor: Actor | null) {
    const { id, facts, awardedAt, revokedAt, suspendedAt, supersededAt } = certificate;
    const state = certificateState(certificate, clock());
    const ruledAt = {
      revoked: revokedAt,
      suspended: suspendedAt,
      superseded: supersededAt,
      valid: null,
      expired: null,
      'cannot-tell': null,
    };
    const since = ruledAt[state];
    return {
      holder: facts.name,
      course: facts.course.title,
      awarded: formatDate(awardedAt, place),
      validUntil: lastDayInWords(certificate, place, t),
      since: since === null ? null : formatDate(since, place),
      state,
      href: `/certificates/${id}`,
      rulings: changeLinks(actor, certificate),
    };
  }

  return router;
}

/** Administrators manage no team: they choose among none. */
const none = () => Promise.resolve([]);
