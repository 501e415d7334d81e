import { z } from 'zod';

/** What an auditor asks for, and what is answered: lines that somebody types. */
export const askForm = z.object({
  asks: z.string('errors.room-asks').trim().min(1, 'errors.room-asks').max(1000, 'errors.room-asks'),
});

export const answerForm = z.object({
  answer: z.string('errors.room-answer').trim().min(1, 'errors.room-answer').max(1000, 'errors.room-answer'),
});
