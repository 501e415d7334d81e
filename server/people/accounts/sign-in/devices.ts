import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Browsers in which somebody has signed in before ("device cookies", OWASP: Slow Down Online Guessing Attacks with Device
 * Cookies). A browser that is known for an account has its own limit of tries, so strangers who guess cannot lock its owner
 * out. The cookie is a random id with a mark for each account: `id.mark.mark`. It signs nobody in and names nobody.
 */
const MOST_ACCOUNTS = 8;
const SHAPE = /^[\w-]{22}(\.[\w-]{22}){1,8}$/;

/** The id of a browser that is known for an account; null for any other cookie. */
export function knownDevice(cookie: unknown, account: string, key: Buffer): string | null {
  if (!isDevice(cookie)) return null;
  const [id = '', ...marks] = cookie.split('.');
  const own = markOf(id, account, key);
  return marks.some(mark => timingSafeEqual(Buffer.from(mark), Buffer.from(own))) ? id : null;
}

/** The cookie that makes a browser known for an account, and keeps it known for the newest of its earlier accounts. */
export function rememberDevice(cookie: unknown, account: string, key: Buffer): string {
  const [id = newId(), ...marks] = isDevice(cookie) ? cookie.split('.') : [];
  const own = markOf(id, account, key);
  return [id, own, ...marks.filter(mark => mark !== own)].slice(0, MOST_ACCOUNTS + 1).join('.');
}

const isDevice = (cookie: unknown): cookie is string => typeof cookie === 'string' && SHAPE.test(cookie);

const newId = (): string => randomBytes(16).toString('base64url');

const markOf = (id: string, account: string, key: Buffer): string =>
  createHmac('sha256', key).update(`${id} ${account}`).digest().subarray(0, 16).toString('base64url');
