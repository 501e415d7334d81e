import { z } from 'zod';
import type { AwardFacts } from '../../open-badges/credential.js';

const course = z.looseObject({
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  version: z.number(),
  criteria: z.string(),
  certificate: z.looseObject({ subject: z.string(), showed: z.string() }).optional(),
});

const moduleResult = z.looseObject({
  id: z.string(),
  title: z.string(),
  percent: z.number(),
  requiredPercent: z.number(),
});

/** What every award holds. A field that older awards lack is optional. */
const shape = z.looseObject({
  credentialId: z.string(),
  subjectId: z.string(),
  name: z.string(),
  course,
  organisationName: z.string(),
  awardedAt: z.number(),
  validUntil: z.number().nullable(),
  validity: z
    .looseObject({ rule: z.looseObject({ months: z.number() }), previousEnd: z.string().nullable() })
    .optional(),
  modules: z.array(moduleResult),
  minutes: z.number(),
  path: z.literal('renewal').optional(),
  timeZone: z.string().optional(),
  baseUrl: z.string(),
  issuerName: z.string(),
  statusList: z.looseObject({ id: z.number(), index: z.number() }),
});

/** The stored facts of an award, or null when one is missing: someone with write access to the database may store anything. */
export function readFacts(text: string): AwardFacts | null {
  try {
    const facts: unknown = JSON.parse(text);
    return shape.safeParse(facts).success ? (facts as AwardFacts) : null;
  } catch {
    return null;
  }
}
