import { z } from 'zod';
import { bankItemSchema } from '../../../questions/bank-item.js';

/** modules/<slug>/quiz.yaml and modules/final/quiz.yaml. Each item keeps the rules of its own type. */
export const quizSchema = z.strictObject({ items: z.array(bankItemSchema).min(1).max(200) });
