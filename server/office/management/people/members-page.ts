import { findMembers } from '../../../people/organisations/people/find-members.js';
import { listedEmail, listedName } from '../../../people/organisations/people/member-words.js';
import { remarkLinks } from '../../../people/organisations/people/remark-links.js';
import { can, type Actor } from '../../../policy.js';
import { membersWithCertificate } from './found-by-certificate.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** What is asked of the list of an organisation's people. */
interface Asked {
  readonly organisationId: string;
  readonly query: string;
  readonly after: string;
}

type Found = Awaited<ReturnType<typeof findMembers>>[number];

/** The people of an organisation whom the query finds, or all whom `actor` may see, after a place in the list. */
export async function membersPage(actor: Actor, asked: Asked) {
  const found = await findMembers(actor, { ...asked, limit: PAGE });
  const holders = asked.after === '' ? await membersWithCertificate(actor, asked) : [];
  const isFirst = asked.query === '' && asked.after === '';
  const known = new Set(holders.map(({ id }) => id));
  const home = `/organisations/${asked.organisationId}/people`;
  const more = new URLSearchParams({ query: asked.query, after: found.at(-1)?.next ?? '' });
  return {
    query: asked.query,
    action: home,
    people: [...holders, ...found.filter(({ id }) => !known.has(id))].map(person => personRow(person, home)),
    remarks: isFirst ? await remarkLinks(actor, asked.organisationId) : [],
    newHref: can(actor, 'organisation.administer', asked) ? `${home}/new` : null,
    next: found.length >= PAGE ? `${home}?${more.toString()}` : null,
  };
}

const personRow = (person: Found, home: string) => ({
  href: `${home}/${person.id}`,
  name: listedName(person),
  email: listedEmail(person),
  staffNumber: person.staffNumber,
  unit: person.unit,
  employment: person.employment,
  hasAccount: person.userId !== null,
});
