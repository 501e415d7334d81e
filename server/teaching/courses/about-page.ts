import { moduleMinutes, optionalReading, type CourseCard } from './cards.js';
import { ownQuiz, type CourseSnapshot } from '../content/snapshot.js';
import type { PublishedCourse } from './catalogue.js';

/** A course in the values of its own page. `packs` are the pages of law; a module says when it has some. */
export function aboutValues(
  { snapshot }: PublishedCourse,
  card: CourseCard,
  packs: readonly { readonly module?: string }[],
) {
  return {
    ...card,
    summary: snapshot.summary,
    optional: optionalReading(snapshot),
    modules: snapshot.modules.map(module => ({
      title: module.title,
      summary: module.summary,
      minutes: moduleMinutes(snapshot, module),
      hasPacks: packs.some(pack => pack.module === module.slug),
    })),
    quizzes: quizCounts(snapshot),
    finalQuestions: snapshot.final?.draw ?? null,
    finalHasCase: Boolean(snapshot.final?.scenarios.length),
  };
}

/** How many modules end with a quiz that has to be passed, and how many with practice, which has only to be taken. */
function quizCounts({ modules }: CourseSnapshot) {
  const quizzes = modules.flatMap(module => ownQuiz(module) ?? []);
  const practice = quizzes.filter(quiz => quiz.practice).length;
  return { passed: quizzes.length - practice, practice };
}

/**
 * A message that is ready to send: as text, and as a link for a mail program when there is an address to write to (RFC 6068: line
 * breaks are CRLF).
 */
export const requestByMail = (
  contact: string | null,
  { subject, text }: { readonly subject: string; readonly text: string },
) => ({ subject, text, mailto: contact && mailtoLink(contact, subject, text) });

const mailtoLink = (contact: string, subject: string, text: string): string =>
  `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
