import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import fastCheck from 'fast-check';

/**
 * Chance that repeats: ids, draws and tokens made in the process of a test come from a seed, which is the place of the test
 * in its file. A failure then comes again when the test is run again, and no run meets a draw that no run met before.
 * `SEED=anything npm test` gives other chances. Other processes and threads keep their own.
 */
const given = process.env.SEED ?? '';

let seed = '';
let used = 0;

/** Begins a chance of its own for what comes next: the same place, the same chance. */
export function reseed(place: string): void {
  seed = `${given}:${place}`;
  used = 0;
}

function bytes(size: number): Buffer {
  const blocks: Buffer[] = [];
  for (let length = 0; length < size; length += 32)
    blocks.push(
      createHash('sha256')
        .update(`${seed}:${(used += 1)}`)
        .digest(),
    );
  return Buffer.concat(blocks).subarray(0, size);
}

/** A version 4 UUID (RFC 9562, 5.4). */
function uuid(): string {
  const random = bytes(16);
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
  const hex = random.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An integer below 2⁴⁸, as a share of that: all that `randomInt` may span. */
const share = (): number => bytes(6).readUIntBE(0, 6) / 2 ** 48;

const integer = (from: number, to?: number): number =>
  to === undefined ? Math.floor(share() * from) : from + Math.floor(share() * (to - from));

type Taken = (fault: Error | null, taken: Buffer) => void;

function someBytes(size: number, taken?: Taken): Buffer | undefined {
  const found = bytes(size);
  if (!taken) return found;
  process.nextTick(taken, null, found);
  return undefined;
}

fastCheck.configureGlobal({ seed: createHash('sha256').update(given).digest().readInt32BE() });
Object.assign(crypto, { randomUUID: uuid, randomInt: integer, randomBytes: someBytes });
globalThis.crypto.randomUUID = uuid as typeof crypto.randomUUID;
Math.random = share;
syncBuiltinESMExports();

let file: string | undefined;
let nth = 0;
const inTests = (path: string | undefined): string => String(path?.split('/test/').at(-1));

export const mochaHooks = {
  // Of each file, where files take turns in a process, whose caches must not take one for another.
  beforeAll(this: Mocha.Context): void {
    file = undefined;
    reseed(inTests(this.test?.parent?.suites[0]?.file));
  },
  beforeEach(this: Mocha.Context): void {
    const current = this.currentTest?.file;
    nth = current === file ? nth + 1 : 0;
    file = current;
    reseed(`${inTests(current)}:${nth}`);
  },
};
