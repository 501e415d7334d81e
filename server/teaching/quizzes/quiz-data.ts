import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { BY_CYCLE } from '../learning/learning-data.js';
import { AttemptRegrade, RegradeLine } from './regrading/tables.js';
import { Attempt, AttemptAnswer, AttemptGrant, ExtraTime, RemediationPractice } from './tables.js';

const BY_ATTEMPT = { through: 'attemptId', of: { table: Attempt, owner: { account: 'userId' } } } as const;

/** What this slice holds of a person. No export says which answers were right: the questions are asked of others. */
export const quizData: readonly PersonalTable[] = [
  personal(RemediationPractice, BY_ATTEMPT, {
    exported: { as: 'rules-worked-through', without: ['itemId'] },
    erased: { do: 'remove' },
  }),
  personal(AttemptGrant, BY_CYCLE, {
    exported: { as: 'granted-tries', without: ['actorId'] },
    erased: { do: 'remove' },
  }),
  personal(
    ExtraTime,
    { account: 'userId' },
    {
      exported: { as: 'extra-time', without: ['userId', 'actorId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(AttemptAnswer, BY_ATTEMPT, {
    exported: { as: 'answers' },
    erased: { do: 'verb', stays: 'results' },
  }),
  personal(RegradeLine, BY_ATTEMPT, {
    exported: { not: 'A preview of what a ruling would change; what it changed is exported.' },
    erased: { do: 'keep', stays: 'results' },
  }),
  personal(AttemptRegrade, BY_ATTEMPT, {
    exported: { as: 'changed-results', without: ['before', 'after'] },
    erased: { do: 'keep', stays: 'results' },
  }),
  personal(
    Attempt,
    { account: 'userId' },
    {
      exported: { as: 'tries', without: ['userId', 'form', 'result', 'rulingsSeen'] },
      erased: { do: 'verb', stays: 'results' },
    },
  ),
];
