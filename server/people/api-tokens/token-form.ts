import { z } from 'zod';
import { typed } from '../../platform/http/forms.js';
import type { AskedToken } from './api-tokens.js';
import { SCOPES, scopesIn, type Scope } from './scopes.js';

/** How many days a token may work, as the form offers them. */
export const LIFETIMES = [30, 90, 180, 365] as const;

/** What is asked of a new token. */
export const tokenForm = z.object({
  name: z.string('errors.token-name').trim().min(1, 'errors.token-name').max(100, 'errors.token-name'),
  scopes: z
    .union([z.string(), z.array(z.string())], 'errors.token-scopes')
    .transform((chosen, context): Scope[] => {
      const scopes = scopesIn([chosen].flat().join(' '));
      if (scopes) return scopes;
      context.addIssue({ code: 'custom', message: 'errors.token-scopes' });
      return z.NEVER;
    }),
  days: z
    .string('errors.token-days')
    .transform(Number)
    .refine(days => LIFETIMES.some(each => each === days), 'errors.token-days'),
}) satisfies z.ZodType<AskedToken>;

/** What was typed, to show it again. */
export const typedToken = (body: unknown) => ({
  name: typed(body, 'name'),
  days: typed(body, 'days'),
  scopes: SCOPES.filter(scope => [(body as { scopes?: unknown } | undefined)?.scopes].flat().includes(scope)),
});
