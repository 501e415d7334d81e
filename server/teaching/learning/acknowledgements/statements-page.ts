import { coursesOpenTo } from '../../courses/grants.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import { can, type Actor } from '../../../policy.js';
import { countSigned, MOST_UNSIGNED, unsignedPeople } from './signing.js';
import { askedStatements } from './asked-statements.js';

/** The courses of an organisation: what is asked for after each, and how many have signed. */
export async function statementsPage(organisationId: string, { actor, now }: { actor: Actor; now: number }) {
  const [courses, asked, signed] = [
    await coursesOpenTo(organisationId, now),
    await askedStatements(organisationId),
    await countSigned(organisationId),
  ];
  const hub = `/organisations/${organisationId}/evidence`;
  return {
    hub,
    mayChange: can(actor, 'organisation.administer', { organisationId }),
    courses: courses.map(({ slug, snapshot }) => {
      const page = `${hub}/acknowledgements/${slug}`;
      const own = asked.filter(({ courseSlug }) => courseSlug === slug);
      return {
        title: snapshot.title,
        signed: spoken('acknowledgement.signedCount', { count: signed.get(slug) ?? 0 }),
        change: page,
        unsigned: own.length > 0 ? `${page}/unsigned` : null,
        end: `${page}/end`,
        statements: own.map(({ locale, number, text }) => ({
          ...{ locale, text },
          title: spoken('acknowledgement.versionOf', { number, locale }),
          href: `${page}?language=${encodeURIComponent(locale)}`,
        })),
      };
    }),
  };
}

/** Who completed a course since a signature is asked for, and has not signed. */
export async function unsignedPage(
  actor: Actor,
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  courseSlug: string,
) {
  const found = await unsignedPeople(actor, id, courseSlug);
  return {
    people: found.slice(0, MOST_UNSIGNED).map(each => ({
      href: `/organisations/${id}/people/${each.membershipId}`,
      name: listedName(each),
      facts: spoken('acknowledgement.completedOn', {
        on: formatDate(Number(each.completedAt), hereIn(timeZone)),
      }),
    })),
    more: found.length > MOST_UNSIGNED ? spoken('acknowledgement.more', { most: MOST_UNSIGNED }) : null,
  };
}
