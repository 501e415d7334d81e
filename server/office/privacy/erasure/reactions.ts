import type { Papers } from '../../../proof/certificates/documents/papers.js';
import type { Issuer } from '../../../proof/certificates/issuer/issuer.js';
import type { RecordedEvent } from '../../../platform/events/event-payloads.js';
import { bulk } from '../../../platform/events/reaction.js';
import { memberSide } from '../../merging/sides.js';
import { mailsWith, notice, type MailingDeps } from '../../../people/mails/mail-reactions.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { carryOutErasure } from './carry-out.js';
import { BY_PROGRAM, findErasure, type AskedErasure } from './erasure-requests.js';
import { stoppedBy } from './legal-holds.js';

/** How long (ms) an erasure waits for the mail about it if mail does not go out. */
const LONGEST_WAIT = 86_400_000;

/** What erasing needs besides what mails do. */
interface ErasureDeps extends MailingDeps {
  readonly issuer: Pick<Issuer, 'checkpoints'>;
  readonly papers: Pick<Papers, 'kept'>;
}

/** Erasures that were decided, and mails about the decisions. */
export const erasureReactions = {
  'privacy.carry-out-erasure': bulk('erasure.decided', async (event, deps: ErasureDeps) => {
    await tellErased(deps, event);
    await carryOutErasure(event.payload.erasureId, erasing(deps));
  }),
  'privacy.resume-erasure': bulk('legal-hold.lifted', async ({ payload }, deps: ErasureDeps) => {
    const stopped = await stoppedBy(payload.holdId);
    if (stopped !== null) await carryOutErasure(stopped, erasing(deps));
  }),
  'mail.erasure-decided': notice('erasure.decided', async (event, { mail, baseUrl }) => {
    const asked = await decidedByPeople(event);
    if (!asked || isOwn(asked)) return;
    const values = { reason: asked.because, link: `${baseUrl}/learning` };
    await mail('asked-erasure-decided', event, asked.askedBy, values);
  }),
  'mail.erasure-refused': notice('erasure.refused', async (event, { mail, baseUrl }) => {
    const asked = await decidedByPeople(event);
    if (!asked) return;
    const person = await personOf(asked);
    const reason = asked.because;
    if (person)
      await mail('erasure-refused', event, person.userId, { reason, link: `${baseUrl}/account/data` });
    if (!isOwn(asked))
      await mail('asked-erasure-refused', event, asked.askedBy, { reason, link: `${baseUrl}/learning` });
  }),
};

const erasing = ({ config, papers, issuer, clock }: ErasureDeps) => ({
  dataDir: config.dataDir,
  papers,
  checkpoints: issuer.checkpoints,
  clock,
});

/**
 * Tell somebody that their details will be erased, before they are: afterwards nobody knows where to write. Where mail does
 * not go out, this fails for a day, so that the erasure is tried again, and then it goes on without.
 */
async function tellErased(deps: MailingDeps, event: RecordedEvent<'erasure.decided'>): Promise<void> {
  const asked = await decidedByPeople(event);
  const person = asked && (await personOf(asked));
  if (!asked || !person) return;
  const link = `${deps.baseUrl}/privacy`;
  const values = { reason: asked.because, organisation: person.organisation, link };
  try {
    await mailsWith(deps).mail('erasure-decided', event, person.userId, values);
  } catch (error) {
    if (deps.clock() < event.createdAt + LONGEST_WAIT) throw error;
  }
}

/** A request on which somebody decided; no mail goes out about what the program does by rule. */
async function decidedByPeople({
  payload,
}: RecordedEvent<'erasure.decided' | 'erasure.refused'>): Promise<
  (AskedErasure & { because: string; askedBy: string }) | null
> {
  const asked = await findErasure(payload.erasureId);
  if (!asked || asked.because === null || BY_PROGRAM.includes(asked.because)) return null;
  return { ...asked, because: asked.because, askedBy: asked.askedBy ?? '' };
}

const isOwn = ({ askedBy, userId }: AskedErasure): boolean => askedBy === '' || askedBy === userId;

/** Who gets the mail: the account, or the account of the membership. */
async function personOf({
  userId,
  membershipId,
}: AskedErasure): Promise<{ userId: string; organisation: string | null } | null> {
  if (userId !== null) return { userId, organisation: null };
  const member = await memberSide(membershipId ?? '');
  if (!member?.userId) return null;
  const organisation = await findOrganisation(member.organisationId);
  return { userId: member.userId, organisation: organisation?.name ?? '' };
}
