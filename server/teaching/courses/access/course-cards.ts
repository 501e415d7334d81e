import type { Config } from '../../../config.js';
import type { Actor } from '../../../policy.js';
import { cardOf, type CourseCard } from '../cards.js';
import { currentCourses, grantedToEveryone } from '../catalogue.js';
import { organisationsFor } from '../grants.js';
import { askedInWords, requestForCourse, type WhomAsked } from './asking.js';
import { whomToAsk } from './whom-to-ask.js';

/** A card that says of a restricted course how and whom its reader asks for it. */
export interface AskingCard extends CourseCard {
  /** `mailto`: a message to the people who run the site; null where they have no address. */
  readonly ask: { readonly whom: readonly WhomAsked[]; readonly mailto: string | null } | null;
}

/** The cards of all courses, in the order of the catalogue. A course that is granted to everyone is not restricted. */
export async function courseCards(config: Config): Promise<AskingCard[]> {
  const open = await grantedToEveryone();
  return (await currentCourses()).map(course => {
    const card = cardOf(course, open.has(course.slug));
    return {
      ...card,
      ask: card.restricted ? { whom: [], mailto: requestForCourse(course, config).mailto } : null,
    };
  });
}

/** The same for somebody who is signed in: what they may take is not restricted for them, and those whom they ask are named. */
export async function cardsFor(actor: Actor, config: Config, now: number): Promise<AskingCard[]> {
  const [cards, courses] = [await courseCards(config), await currentCourses()];
  if (!cards.some(({ restricted }) => restricted)) return cards;
  const whom = askedInWords(await whomToAsk(actor.id, now));
  return Promise.all(
    cards.map(async card => {
      const course = courses.find(({ slug }) => slug === card.slug);
      if (!card.ask || !course) return card;
      const isOpen = (await organisationsFor(actor, course, now)).length > 0;
      return isOpen ? { ...card, restricted: false, ask: null } : { ...card, ask: { ...card.ask, whom } };
    }),
  );
}
