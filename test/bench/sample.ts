import { randomInt, randomUUID } from 'node:crypto';
import type { AwardFacts } from '../../server/proof/open-badges/credential.js';

export const BASE_URL = 'https://training.example.org';

/** A certificate of eight modules: each time for somebody else, with other results, at another place. */
export function sample(now: number): AwardFacts {
  return {
    credentialId: randomUUID(),
    subjectId: randomUUID(),
    name: `Ada Marlow ${randomInt(1e6)}`,
    course: {
      slug: 'volunteers',
      title: 'Volunteers',
      summary: 'What it covers.',
      version: 1,
      criteria: 'All quizzes.',
    },
    organisationName: 'Safe Passage',
    awardedAt: now,
    validUntil: now + 86_400_000,
    modules: Array.from({ length: 8 }, (_, index) => ({
      id: `module-${index}`,
      title: `Module ${index}`,
      percent: randomInt(66, 101),
      requiredPercent: 66,
    })),
    minutes: 90,
    assurance: 'holder',
    baseUrl: BASE_URL,
    issuerName: 'Safe Passage',
    statusList: { id: 1, index: randomInt(131_072) },
  };
}
