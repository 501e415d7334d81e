import type { Config } from '../../../config.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { requestByMail } from '../about-page.js';
import type { PublishedCourse } from '../catalogue.js';
import type { whomToAsk } from './whom-to-ask.js';

/** Whom somebody asks in one of their organisations, in words; with an address to write to where nobody there is named. */
export interface WhomAsked {
  readonly text: string;
  readonly contact: string | null;
}

/** The same, of all organisations in which somebody can be asked. */
export const askedInWords = (whom: Awaited<ReturnType<typeof whomToAsk>>): WhomAsked[] =>
  whom.flatMap(({ organisation, names, contact }) => {
    if (names.length > 0) return { text: spoken('about.askThere', { organisation, names }), contact: null };
    return contact ? { text: spoken('about.askThereContact', { organisation }), contact } : [];
  });

/** A message that asks the people who run the site for a course, ready to send. */
export function requestForCourse(
  { slug, snapshot: { title: course } }: PublishedCourse,
  { baseUrl, contactEmail }: Pick<Config, 'baseUrl' | 'contactEmail'>,
) {
  const words = { course, address: `${baseUrl}/courses/${slug}` };
  const request = { subject: spoken('about.askSubject', words), text: spoken('about.askText', words) };
  return requestByMail(contactEmail, request);
}
