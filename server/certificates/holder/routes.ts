import { Router, type Request } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { navFor } from '../../http/navigation.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { authorise, can, signedIn, type Actor } from '../../policy.js';
import { renewedBy, renews, roundsOf } from '../renewal/neighbours.js';
import { certificatesOf, findCertificate, type CertificateFacts } from '../queries.js';
import { newestRequest } from './name-corrections.js';
import { paperOf } from './paper-size.js';
import { renewalOf } from '../renewal/renew.js';
import { rulingLinks } from '../lifecycle/routes.js';
import { shownName } from './name-privacy.js';
import { cardOf, reasonOf } from '../card.js';
import { explainEnd, renewalOffer } from '../renewal/texts.js';
import { dayOf } from '../verification/texts.js';
import { standing } from '../lifecycle/validity.js';
import { shelve, type Held } from './by-course.js';

/** A holder's certificates, over years and employers, and the page of each. */
export function walletRoutes({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const card = (certificate: CertificateFacts) => cardOf(certificate, { baseUrl: config.baseUrl, place, t });

  router.get('/certificates', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const [certificates, rounds] = await Promise.all([certificatesOf(actor.id), roundsOf(actor.id)]);
    const shelves = await Promise.all(
      shelve(certificates, rounds).map(async ({ title, held }) => ({
        title,
        certificates: await Promise.all(held.map(describe)),
      })),
    );
    show(req, res, 'certificates/wallet', { shelves }, { nav: 'certificates' });
  });

  router.get('/certificates/:id', async (req, res) => {
    const certificate = await visible(req);
    const shown = card(certificate);
    const isHeld = can(actorOf(req), 'certificate.hold', certificate);
    const mayManage = can(actorOf(req), 'organisation.manage', certificate);
    const isManaged = mayManage && !isHeld;
    const [newer, older] = await Promise.all([renewedBy(certificate), renews(certificate)]);
    const values = {
      back: isManaged
        ? listOf(actorOf(req), certificate)
        : { href: '/certificates', text: t('frame.certificates') },
      certificate: {
        ...shown,
        state: standing(certificate, clock()),
        reason: reasonOf(certificate, t),
        since: dayOf(certificate, place),
      },
      qr: shown.qr,
      explained: explainEnd(certificate, place, t),
      shownName: await shownName(certificate, certificate.facts.name),
      files: shown.href,
      otherPaper: (await paperOf(certificate.organisationId)) === 'a4' ? 'letter' : 'a4',
      chain: [
        ...(newer ? [link(newer.id, 'chain.renewedBy', newer.awardedAt)] : []),
        ...(older ? [link(older.id, 'chain.renews', older.awardedAt)] : []),
        ...(certificate.replaces ? [link(certificate.replaces, 'chain.replaces')] : []),
        ...(certificate.replacedBy ? [link(certificate.replacedBy, 'chain.replacedBy')] : []),
      ],
      holder: isHeld ? await holderValues(certificate) : null,
      isOther: !isHeld,
      rulings: rulingLinks(actorOf(req), certificate),
      manager: mayManage
        ? {
            shown: `/organisations/${certificate.organisationId}/shown-name`,
            paper: `/organisations/${certificate.organisationId}/paper`,
            requests: '/name-requests',
          }
        : null,
      organisationPack: can(actorOf(req), 'organisation.audit', certificate)
        ? `/organisations/${certificate.organisationId}/audit-pack.zip`
        : null,
    };
    const nav = isManaged ? navFor(actorOf(req)) : 'certificates';
    show(req, res, 'certificates/certificate', values, { nav });
  });

  /** Where those who look after somebody else's certificate come from. */
  const listOf = (actor: Actor | null, { organisationId }: CertificateFacts) => ({
    href: actor?.isAdministrator
      ? '/admin/certificates'
      : `/team/certificates?organisation=${organisationId}`,
    text: t('frame.certificates'),
  });

  const link = (id: string, key: string, awardedAt = 0) => ({
    href: `/certificates/${id}`,
    text: t(key, { date: formatDate(awardedAt, place) }),
  });

  /** What only the holder is offered: renewing, sharing, less of the name, another name. */
  async function holderValues(certificate: CertificateFacts) {
    const request = await newestRequest(certificate.cycleId);
    return {
      renewal: await offer(certificate),
      request: request && {
        name: request.name,
        state: request.decision ?? 'waiting',
        answer: request.answer,
      },
      mayCorrect: standing({ ...certificate, validUntil: null }, clock()) === 'valid',
    };
  }

  async function offer(certificate: CertificateFacts) {
    const now = clock();
    const renewal = await renewalOf(certificate, { timeZone: config.timeZone, now });
    return renewalOffer(certificate, renewal, { place, t, now });
  }

  async function describe({ certificate, renewedBy: newer, renews: older }: Held) {
    const { awarded, validUntil, href } = card(certificate);
    const { facts } = certificate;
    return {
      awarded,
      validUntil,
      href,
      organisation: facts.organisationName,
      state: standing(certificate, clock()),
      chain: [
        ...(newer ? [link(newer.id, 'chain.renewedBy', newer.awardedAt)] : []),
        ...(older ? [link(older.id, 'chain.renews', older.awardedAt)] : []),
        ...(certificate.replaces ? [link(certificate.replaces, 'chain.replaces')] : []),
      ],
      renewal: newer ? null : await offer(certificate),
    };
  }

  async function visible(req: Request): Promise<CertificateFacts> {
    const certificate = await findCertificate(req.params['id']);
    authorise(actorOf(req), 'certificate.view', certificate);
    if (!certificate) throw new NotFound();
    return certificate;
  }

  return router;
}
