import type { Translate } from '../../platform/i18n/i18n.js';
import { closingTitle } from '../learning/next-up.js';
import type { Quiz } from './quiz-model.js';

/** What learners call a quiz: those over the whole course have no title of their own, but the course's. */
export const quizName = (quiz: string, title: string, t: Translate): string => closingTitle(quiz, t) ?? title;

/** What a page about a quiz is headed: its name, and for that of a module that it is one. */
export const quizInWords = ({ name, learnerTitle: title }: Quiz, t: Translate): string =>
  closingTitle(name, t) ?? t('quiz.of', { title });
