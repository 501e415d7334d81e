import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { linksHome } from '../../../people/organisations/course-links/links-page.js';
import { peopleWithoutAddress } from '../../../people/organisations/entry/without-address.js';
import { lastLink } from '../../../people/organisations/invitations/invitations.js';
import { addressToInvite } from '../../../people/organisations/invitations/invite.js';
import { wasAccepted } from '../../../people/organisations/invitations/undo-acceptance.js';
import { noticesOfMember } from '../../merging/merged-notices.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import type { findMember } from '../../../people/organisations/people/find-members.js';
import { listedEmail, listedName, otherNames } from '../../../people/organisations/people/member-words.js';
import { dayOf, type DayParts } from '../../../platform/lib/days.js';
import { can, type Actor } from '../../../policy.js';
import { extraTimesOf } from '../../../teaching/quizzes/attempts/time/extra-time.js';
import { ALLOWANCES } from '../../../teaching/quizzes/attempts/limits.js';
import { sessionsOfMember } from '../../../proof/requirements/classroom/hours/sessions-of-member.js';
import { personRecord } from './learning-record.js';
import { memberPlaces } from './member-places.js';

/** Somebody of an organisation, as one who may see them has read it. */
export type SeenMember = NonNullable<Awaited<ReturnType<typeof findMember>>> & {
  readonly units: readonly string[];
};

/** What was typed into the form for extra time, and what has to be corrected. */
export interface SentExtraTime {
  readonly values: Record<string, string | DayParts>;
  readonly errors: Record<string, string>;
}

interface Look {
  readonly actor: Actor;
  readonly organisation: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly now: number;
  readonly isLong: boolean;
}

/** One person of an organisation: who they are there, where they work, and what they did in its courses. */
export async function memberPage(
  member: SeenMember,
  form: SentExtraTime,
  { actor, organisation, now, isLong }: Look,
) {
  const place = hereIn(organisation.timeZone);
  const words = { place, t: spoken };
  const { userId } = member;
  const home = `/organisations/${organisation.id}/people/${member.id}`;
  const of = userId === null ? null : { userId, organisationId: organisation.id };
  const agreed = of ? await extraTimesOf(of) : [];
  // Nobody agrees for themselves.
  const mayExtend = of !== null && can(actor, 'person.extend', { ...of, units: member.units });
  const mayAdminister = can(actor, 'person.place', {
    userId: userId ?? '',
    organisationId: organisation.id,
  });
  // Where an entry was merged into another one, that one is changed.
  const mayPlace = mayAdminister && member.mergedInto === null;
  const invitation = mayPlace && of === null ? await invitationFor(member, organisation, now) : null;
  const hasAccepted = mayPlace && of !== null && (await wasAccepted(organisation.id, member.id));
  return {
    organisation: organisationHead(organisation, actor),
    back: `/organisations/${organisation.id}/people`,
    person: {
      name: listedName(member),
      // Where one differs from the name that the organisation gave.
      accountName: ifOther(member.accountName, member),
      certificateName: ifOther(member.certificateName, member),
      email: listedEmail(member),
      staffNumber: member.staffNumber,
      employment: member.employment,
      hiredOn: member.hiredOn === null ? null : inWords(member.hiredOn, place),
    },
    merges: mayAdminister ? await noticesOfMember(member, place) : [],
    mergeHref: mayPlace ? `${home}/merge` : null,
    erasureHref: mayPlace && member.employment === 'left' ? `${home}/erasure` : null,
    detailsHref: mayPlace ? `${home}/details` : null,
    places: await memberPlaces(member.id, dayOf(now, organisation.timeZone)),
    placesHref:
      member.mergedInto === null && can(actor, 'organisation.administer', { organisationId: organisation.id })
        ? `${home}/places`
        : null,
    invitation,
    card: await cardFor(member, { actor, organisation, now }),
    accountHref: hasAccepted ? `${home}/account` : null,
    courseLinkHref:
      member.employment === 'left' || listedEmail(member) === null
        ? null
        : `${linksHome(organisation.id)}/new?person=${member.id}`,
    requirementsHref: `${home}/requirements`,
    elsewhereHref: `${home}/elsewhere`,
    classroom: await sessionsOfMember(organisation.id, member.id),
    acknowledgementsHref: of && `${home}/acknowledgements`,
    record: of && (await personRecord(of, { isLong, now }, words)),
    more: `${home}?all`,
    extraTimes: agreed.map(each => extraTimeRow(each, words)),
    extraTime: mayExtend ? { ...form, ...extraTimeForm(home, agreed) } : null,
  };
}

/** A name of somebody, where it differs from the one that the organisation gave. */
const ifOther = (other: string | null, { name }: SeenMember): string | null =>
  otherNames({ name, accountName: other, certificateName: null })[0] ?? null;

/** How somebody without an account is invited: the form of their page, and what it says of an open link. */
async function invitationFor(
  { id, employment }: SeenMember,
  organisation: Look['organisation'],
  now: number,
) {
  if (employment === 'left') return null;
  const mayInvite = (await addressToInvite(organisation.id, id)) !== null;
  const link = await lastLink(organisation.id, id);
  const isOpen = link !== null && link.expiresAt > now;
  const action = mayInvite ? `/organisations/${organisation.id}/invitations` : null;
  return {
    action,
    membershipId: id,
    withRole: mayInvite ? `/organisations/${organisation.id}/invitations/new?person=${id}` : null,
    text: invitedText(link, { mayInvite, isOpen }, hereIn(organisation.timeZone)),
    button: spoken(link === null ? 'people.invite' : 'people.inviteAgain'),
  };
}

/** Whether they were invited, and until when the link works or worked. */
function invitedText(
  link: { createdAt: number; expiresAt: number } | null,
  { mayInvite, isOpen }: { mayInvite: boolean; isOpen: boolean },
  place: Place,
): string {
  if (link === null) return spoken(mayInvite ? 'people.notInvited' : 'people.inviteNoAddress');
  const [made, until] = [formatDate(link.createdAt, place), formatDate(link.expiresAt, place)];
  return isOpen ? spoken('people.invited', { until }) : spoken('people.inviteRanOut', { made, until });
}

/**
 * How somebody who needs no e-mail address gets a card; null where they sign in with an address, or have no staff number. Without an
 * `action` it is not for this organisation to give.
 */
async function cardFor(
  { id }: SeenMember,
  { actor, organisation, now }: Pick<Look, 'actor' | 'organisation' | 'now'>,
) {
  const asked = {
    ...{ organisationId: organisation.id, unitId: '', only: id, now },
    ...{ query: '', withAddress: true },
  };
  const [found] = (await peopleWithoutAddress(actor, asked, 1)).people;
  if (!found) return null;
  const home = `/organisations/${organisation.id}/entry`;
  if (!found.getsCard)
    return { action: null, membershipId: id, text: spoken('entryCodes.state.other'), sheet: null };
  const until = found.codeUntil;
  return {
    action: home,
    membershipId: id,
    text:
      until === null
        ? spoken('entryCodes.personText')
        : spoken('entryCodes.personCode', { date: formatDate(until, hereIn(organisation.timeZone)) }),
    sheet: until === null ? null : `${home}/sheet?person=${id}`,
  };
}

const inWords = (day: string, place: Place): string =>
  formatDate(Date.parse(day), { ...place, timeZone: 'UTC' });

type Agreed = Awaited<ReturnType<typeof extraTimesOf>>[number];

const extraTimeRow = (agreed: Agreed, { place, t }: { place: Place; t: typeof spoken }) => ({
  organisation: null,
  what: t(`person.allowance.${agreed.allowance}`),
  agreedOn: inWords(agreed.agreedOn, place),
  agreedBy: agreed.agreedBy,
  until: agreed.untilAt === null ? t('person.noEnd') : formatDate(agreed.untilAt, place),
  recorded: t('person.recordedBy', { name: agreed.recordedBy, date: formatDate(agreed.createdAt, place) }),
});

const extraTimeForm = (home: string, agreed: readonly Agreed[]) => ({
  action: `${home}/extra-times`,
  number: Math.max(0, ...agreed.map(({ number }) => number)) + 1,
  organisations: [],
  allowances: ALLOWANCES.map(value => ({ value, label: spoken(`person.allowance.${value}`) })),
});
