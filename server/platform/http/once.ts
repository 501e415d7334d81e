import { randomBytes } from 'node:crypto';
import { typed } from './forms.js';

/** Drawn with a form (32 bytes of chance), so that one that is sent twice, as by a double press, makes one thing. */
export const newOnce = (): string => randomBytes(32).toString('base64url');

/** What was drawn with a form that came; drawn now where it was not ours. */
export function onceIn(body: unknown): string {
  const once = typed(body, 'once');
  return /^[\w-]{43}$/.test(once) ? once : newOnce();
}
