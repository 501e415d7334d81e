import { formerly, type Clocked } from '../../platform/events/reaction.js';
import { recordPass, recordPractice } from './progress.js';

/** Progress, which quizzes record by now. */
export const learningReactions = {
  'learning.record-pass': formerly('quiz.passed', ({ payload }, { clock }: Clocked) =>
    recordPass(payload, clock()),
  ),
  'learning.record-practice': formerly('quiz.practised', ({ payload }) => recordPractice(payload)),
};
