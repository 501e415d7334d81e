import { ERASED_NAME } from '../../people/accounts/account-data.js';
import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { Acknowledgement } from './acknowledgements/tables.js';
import { Credit, CreditVoid } from './credits/tables.js';
import {
  ConfirmedName,
  Cycle,
  Enrolment,
  LessonReading,
  PassWithdrawal,
  PracticeRun,
  QuizPass,
} from './tables.js';

/** How rows that name a cycle are somebody's. */
const CYCLE = { table: Cycle, owner: { account: 'userId' } } as const;
export const BY_CYCLE = { through: 'cycleId', of: CYCLE } as const;

const CREDIT = personal(
  Credit,
  { membership: 'membershipId' },
  {
    exported: { as: 'completed-courses', without: ['actorId'] },
    erased: { do: 'keep', stays: 'award' },
  },
);

/** What this slice holds of a person. */
export const learningData: readonly PersonalTable[] = [
  personal(
    Acknowledgement,
    { account: 'userId' },
    {
      exported: { as: 'signed-statements', without: ['userId'] },
      erased: { do: 'blank', columns: { typedName: ERASED_NAME }, stays: 'award' },
    },
  ),
  personal(LessonReading, BY_CYCLE, { exported: { as: 'lessons' }, erased: { do: 'remove' } }),
  personal(PracticeRun, BY_CYCLE, { exported: { as: 'practice' }, erased: { do: 'remove' } }),
  personal(
    ConfirmedName,
    { account: 'userId' },
    {
      exported: { as: 'confirmed-names', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(QuizPass, BY_CYCLE, {
    exported: { as: 'passed-quizzes' },
    erased: { do: 'keep', stays: 'award' },
  }),
  personal(PassWithdrawal, BY_CYCLE, {
    exported: { as: 'withdrawn-passes', without: ['actorId'] },
    erased: { do: 'keep', stays: 'award' },
  }),
  personal(
    CreditVoid,
    { through: 'creditId', of: CREDIT },
    {
      exported: { as: 'completions-that-do-not-count', without: ['actorId'] },
      erased: { do: 'keep', stays: 'award' },
    },
  ),
  CREDIT,
  personal(
    Cycle,
    { account: 'userId' },
    {
      exported: { as: 'ways-through-courses', without: ['userId', 'isCredited'] },
      erased: { do: 'keep', stays: 'award' },
    },
  ),
  personal(
    Enrolment,
    { account: 'userId' },
    {
      exported: { as: 'courses', without: ['userId'] },
      erased: { do: 'blank', columns: { job: null }, stays: 'award' },
    },
  ),
];
