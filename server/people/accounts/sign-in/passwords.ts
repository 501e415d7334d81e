import { hash, verify } from '@node-rs/argon2';
import { TooMany } from '../../../errors.js';

/** OWASP's argon2id figures: 19 MiB, two passes, one lane. (argon2id is the library's default.) */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes at a time: argon2 shares libuv's four threads with the database. */
const AT_ONCE = 2;
/** Beyond this many waiting people, the next is asked to try again, instead of waiting for a page that never comes. */
const MOST_WAITING = 200;

/** The stored form of a password (PHC string). All its bytes count: nothing is truncated. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFC'), COST));

/**
 * Whether a password fits a stored hash. Without one (no such account, or no password yet) it does the same work
 * and answers false, so that timing does not reveal which addresses have an account. `check` does that work.
 */
export async function passwordFits(
  stored: string | null,
  password: string,
  check: typeof verify = verify,
): Promise<boolean> {
  const fits = await inTurn(async () => check(stored ?? (await decoy()), password.normalize('NFC'), COST));
  return fits && stored !== null;
}

let madeDecoy: Promise<string> | undefined;
const decoy = (): Promise<string> => (madeDecoy ??= hash('nobody has this password', COST));

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) throw new TooMany(10);
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>(go => waiting.push(go));
  try {
    return await work();
  } finally {
    // The next in the queue takes the place; without one, it is free.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
