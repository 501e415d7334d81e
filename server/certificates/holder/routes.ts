import { Router, type Request } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { navFor } from '../../http/navigation.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { authorise, can, signedIn, type Actor } from '../../policy.js';
import { laterCertificate, earlierCertificate, cycleNumbersOf } from '../renewal/renewal-chain.js';
import { certificatesOf, findCertificate, type CertificateFacts } from '../queries.js';
import { newestNameRequest } from './name-corrections.js';
import { paperSizeOf } from '../../organisations/certificate-settings.js';
import { renewalOf } from '../renewal/renew.js';
import { changeLinks } from '../lifecycle/state-changes.js';
import { nameForStrangers } from './name-privacy.js';
import { certificateCard, stateReasonInWords } from '../certificate-card.js';
import { expiryExplanation, renewalOffer } from '../renewal/renewal-texts.js';
import { stateSince } from '../verification/state-texts.js';
import { certificateState } from '../lifecycle/certificate-state.js';
import { groupByCourse, type WalletEntry } from './by-course.js';

/** A holder's certificates, over years and employers, and the page of each. */
export function walletRoutes({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const card = (certificate: CertificateFacts) =>
    certificateCard(certificate, { baseUrl: config.baseUrl, place, t });

  router.get('/certificates', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const [certificates, rounds] = await Promise.all([certificatesOf(actor.id), cycleNumbersOf(actor.id)]);
    const shelves = await Promise.all(
      groupByCourse(certificates, rounds).map(async ({ title, held }) => ({
        title,
        certificates: await Promise.all(held.map(describe)),
      })),
    );
    show(req, res, 'certificates/holder/certificates', { shelves }, { nav: 'certificates' });
  });

  router.get('/certificates/:id', async (req, res) => {
    const certificate = await visible(req);
    const shown = card(certificate);
    const isHeld = can(actorOf(req), 'certificate.hold', certificate);
    const mayManage = can(actorOf(req), 'organisation.manage', certificate);
    const isManaged = mayManage && !isHeld;
    const [newer, older] = await Promise.all([
      laterCertificate(certificate),
      earlierCertificate(certificate),
    ]);
    const values = {
      back: isManaged
        ? listOf(actorOf(req), certificate)
        : { href: '/certificates', text: t('frame.certificates') },
      certificate: {
        ...shown,
        state: certificateState(certificate, clock()),
        reason: stateReasonInWords(certificate, t),
        since: stateSince(certificate, place),
      },
      qr: shown.qr,
      explained: expiryExplanation(certificate, place, t),
      shownName: await nameForStrangers(certificate, certificate.facts.name),
      files: shown.href,
      otherPaper: (await paperSizeOf(certificate.organisationId)) === 'a4' ? 'letter' : 'a4',
      chain: [
        ...(newer ? [link(newer.id, 'chain.renewedBy', newer.awardedAt)] : []),
        ...(older ? [link(older.id, 'chain.renews', older.awardedAt)] : []),
        ...(certificate.replaces ? [link(certificate.replaces, 'chain.replaces')] : []),
        ...(certificate.replacedBy ? [link(certificate.replacedBy, 'chain.replacedBy')] : []),
      ],
      holder: isHeld ? await holderValues(certificate) : null,
      isOther: !isHeld,
      rulings: changeLinks(actorOf(req), certificate),
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
    show(req, res, 'certificates/holder/certificate', values, { nav });
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
    const request = await newestNameRequest(certificate.cycleId);
    return {
      renewal: await offer(certificate),
      request: request && {
        name: request.name,
        state: request.decision ?? 'waiting',
        answer: request.answer,
      },
      mayCorrect: certificateState({ ...certificate, validUntil: null }, clock()) === 'valid',
    };
  }

  async function offer(certificate: CertificateFacts) {
    const now = clock();
    const renewal = await renewalOf(certificate, { timeZone: config.timeZone, now });
    return renewalOffer(certificate, renewal, { place, t, now });
  }

  async function describe({ certificate, renewedBy: newer, renews: older }: WalletEntry) {
    const { awarded, validUntil, href } = card(certificate);
    const { facts } = certificate;
    return {
      awarded,
      validUntil,
      href,
      organisation: facts.organisationName,
      state: certificateState(certificate, clock()),
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
