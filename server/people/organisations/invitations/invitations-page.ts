import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { periodText, roleText } from '../grants/role-texts.js';
import { roleFacts } from './invited-role.js';
import type { pageOfList } from '../../../platform/lib/lists/page-of-list.js';
import type { notInvited, openInvitations } from './invitations.js';
import { MOST_AT_ONCE } from './invite.js';

type Open = Awaited<ReturnType<typeof openInvitations>>[number];
type Waiting = Awaited<ReturnType<typeof notInvited>>[number];

type Part<T> = Awaited<ReturnType<typeof pageOfList<T>>>;

interface Lists {
  readonly organisationId: string;
  readonly open: Part<Open>;
  readonly people: Part<Waiting>;
  /** How many are not invited, on all pages; one more than `MOST_AT_ONCE` stands for any number above it. */
  readonly waiting: number;
  /** How many of them were invited before, and their link ran out. */
  readonly ranOut: number;
}

interface Look {
  readonly t: Translate;
  readonly place: Place;
  readonly now: number;
}

/** Open invitations, and people who are not invited, as their page shows them. */
export function invitationsValues({ organisationId, open, people, waiting, ranOut }: Lists, look: Look) {
  const { t } = look;
  const home = `/organisations/${organisationId}/invitations`;
  const more = (last: { id: string } | null, name: string) => last && `${home}?${name}=${last.id}`;
  return {
    to: { invite: home, all: `${home}/all`, withRole: `${home}/new` },
    open: open.shown.map(invitation => openValues(invitation, home, look)),
    moreOpen: more(open.last, 'open'),
    people: people.shown.map(person => waitingValues(person, look)),
    morePeople: more(people.last, 'after'),
    waiting: waitingText(waiting, ranOut, t),
    atOnce: Math.min(waiting, MOST_AT_ONCE),
  };
}

/** Somebody to invite: for the first time, or again, since their link ran out. `why`: not together with the others. */
const waitingValues = (
  { id, name, staffNumber, email, why, createdAt, expiresAt }: Waiting,
  { t, place }: Look,
) => ({
  ...{ id, name, staffNumber, email },
  why: why && t(`invitations.why.${why}`, { address: email }),
  ranOut:
    createdAt === null || expiresAt === null
      ? null
      : t('invitations.ranOut', { made: formatDate(createdAt, place), until: formatDate(expiresAt, place) }),
});

/** Null: nobody waits. */
function waitingText(people: number, ranOut: number, t: Translate): string | null {
  if (people === 0) return null;
  const all =
    people > MOST_AT_ONCE
      ? t('invitations.waitingMany', { most: MOST_AT_ONCE })
      : t('invitations.waitingCount', { count: people });
  if (ranOut === 0) return all;
  return `${all} ${
    ranOut > MOST_AT_ONCE
      ? t('invitations.ranOutMany', { most: MOST_AT_ONCE })
      : t('invitations.ranOutCount', { count: ranOut })
  }`;
}

/** The role that an invitation brings, with its days; null: none. */
function roleOf(invitation: Open, { t, place }: Omit<Look, 'now'>): string | null {
  const role = roleFacts(invitation);
  return role && `${roleText(role, { t })} · ${periodText(role, { t, locale: place.locale })}`;
}

/** What a link is like: it works, its mail is on the way, it has expired, or the address was corrected since. */
function stateOf(
  { email, address, expiresAt, sentAt }: Open,
  now: number,
): 'outdated' | 'expired' | 'sending' | 'open' {
  if (email !== address) return 'outdated';
  if (expiresAt <= now) return 'expired';
  return sentAt === null ? 'sending' : 'open';
}

function openValues(invitation: Open, home: string, { t, place, now }: Look) {
  const { id, membershipId, name, staffNumber, email, createdAt, expiresAt } = invitation;
  const state = stateOf(invitation, now);
  const dates = { made: formatDate(createdAt, place), until: formatDate(expiresAt, place) };
  return {
    ...{ id, membershipId, name, staffNumber, email, state },
    stateText: t(`invitations.state.${state}`),
    facts: t('invitations.facts', dates),
    role: roleOf(invitation, { t, place }),
    withdrawal: `${home}/${id}/withdrawal`,
  };
}
