import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { signedValues } from '../../../teaching/learning/acknowledgements/signed-page.js';
import type { SignedStatement } from '../../../teaching/learning/acknowledgements/signing.js';
import { paperSizeOf } from '../../../people/organisations/certificate-settings.js';
import type { StatementOrder } from '../documents/paper-orders.js';

/** In which organisation something was signed, and under which name it knows the signer. */
interface SignedIn {
  readonly organisation: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly person: string;
}

/** A statement that somebody signed, to be drawn: word for word, with the same facts as its page shows. */
export async function statementOrder(
  signed: SignedStatement,
  { organisation, person }: SignedIn,
): Promise<StatementOrder> {
  const { id, text, courseSlug } = signed;
  const signedAt = Number(signed.signedAt);
  const course = (await currentCourses()).find(({ slug }) => slug === courseSlug)?.snapshot.title;
  const say = (name: string) => spoken(`acknowledgement.paper.${name}`);
  const [name, moment, ...others] = signedValues(signed, organisation.timeZone).facts;
  const utc = `${new Date(signedAt).toISOString().slice(0, 19)}Z`;
  return {
    kind: 'statement',
    facts: {
      ...{ id, text, signedAt, title: say('title'), organisation: organisation.name },
      facts: [
        ...(name ? [name] : []),
        { label: say('person'), value: person },
        ...(moment
          ? [
              {
                ...moment,
                value: spoken('acknowledgement.paper.moment', { moment: moment.value, utc }),
              },
            ]
          : []),
        { label: say('organisation'), value: organisation.name },
        { label: say('course'), value: course ?? courseSlug },
        ...others.map(({ label, value }) => ({ label, value })),
      ],
      notes: [say('hash'), say('made')],
      unprinted: say('unprinted'),
      size: await paperSizeOf(organisation.id),
    },
  };
}
