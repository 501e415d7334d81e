import type { Reactions } from '../events/choreography.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import { memberSide } from '../merging/sides.js';
import { findOrganisation } from '../organisations/memberships.js';
import { BY_PROGRAM, findErasure, type AskedErasure } from '../privacy/erasure/erasure-requests.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** For how long (ms) an erasure waits for the mail about it, where mail does not go out. */
const LONGEST_WAIT = 86_400_000;

/** Mails about decisions on erasures. */
export function erasureMails(deps: ReactionDeps) {
  const { baseUrl } = deps;
  const { mail } = mailsWith(deps);
  const links = { data: `${baseUrl}/account/data`, own: `${baseUrl}/learning` };
  return {
    'mail.erasure-decided': async event => {
      const asked = await decidedByPeople(event);
      if (!asked || isOwn(asked)) return;
      await mail('asked-erasure-decided', event, asked.askedBy, { reason: asked.because, link: links.own });
    },
    'mail.erasure-refused': async event => {
      const asked = await decidedByPeople(event);
      if (!asked) return;
      const person = await personOf(asked);
      const values = { reason: asked.because };
      if (person) await mail('erasure-refused', event, person.userId, { ...values, link: links.data });
      if (!isOwn(asked))
        await mail('asked-erasure-refused', event, asked.askedBy, { ...values, link: links.own });
    },
  } satisfies Partial<Reactions>;
}

/**
 * Tell somebody that their details will be erased, before they are: afterwards nobody knows where to write. Where mail does
 * not go out, this fails for a day, so that the erasure is tried again, and then it goes on without.
 */
export async function tellErased(deps: ReactionDeps, event: RecordedEvent<'erasure.decided'>): Promise<void> {
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

/** A request on which somebody decided; nobody is told of what the program does by rule. */
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

/** Who is told: the account, or the one of a membership. */
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
