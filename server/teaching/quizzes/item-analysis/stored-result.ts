import { z } from 'zod';
import { answerSchema, type Answer } from '../../questions/answer.js';

/** What a graded slot holds for certain; kinds add what they like (a judgement, the steps of a case). */
const resultSchema = z.array(
  z.object({
    itemId: z.string(),
    points: z.number().int().min(0).max(100),
    void: z.literal(true).exactOptional(),
    trial: z.literal(true).exactOptional(),
  }),
);

/** The points of each slot as stored with an attempt; null when they cannot be read. */
export function readResult(text: string | null): z.infer<typeof resultSchema> | null {
  const parsed = resultSchema.safeParse(json(text));
  return parsed.success ? parsed.data : null;
}

/** A stored answer; one that cannot be read chose nothing. */
export function readResponse(text: string): Answer {
  const parsed = answerSchema.safeParse(json(text));
  return parsed.success ? parsed.data : {};
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
