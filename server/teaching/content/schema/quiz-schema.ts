import { z } from 'zod';
import { bankItemSchema } from '../../questions/bank-item.js';

/** The first edition was written before there were gates, so they report on it; from the second on, they fail a bank. */
const edition = z.union([z.literal(1), z.literal(2)], { error: 'Write 1 or 2.' }).default(2);

/** modules/<slug>/quiz.yaml and modules/final/quiz.yaml. Each item keeps the rules of its own type. */
export const quizSchema = z.strictObject({ edition, items: z.array(bankItemSchema).min(1).max(300) });
