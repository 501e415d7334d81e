import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Content } from '../../teaching/content/schema/types.js';
import type { Account } from './learner.js';
import { smoke } from './run.js';
import { startThrowAway } from './server.js';

/** What is printed by `--help`, and where the arguments do not fit. */
export const SMOKE_USE = `smoke [--course SLUG] [--out DIR] [--serve]
    Takes a learner through a whole course on a temporary server. Without --course it is "volunteers".
    --serve keeps that server up afterwards.
smoke --base URL --course SLUG --learner EMAIL:PASSWORD [--administrator EMAIL:PASSWORD] [--out DIR]
    The same on your own server. It takes this course as this person, whose address is confirmed, and
    leaves a real certificate: use an account made for this purpose.
The certificate is left in DIR, which is data/smoke if you do not name one.`;

const OPTIONS = {
  out: { type: 'string', default: 'data/smoke' },
  course: { type: 'string' },
  base: { type: 'string' },
  learner: { type: 'string' },
  administrator: { type: 'string' },
  serve: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the command needs of the program around it. `main`: the program that a temporary server runs. */
interface Around {
  readonly content: () => Content;
  readonly main: string;
  readonly say: (line: string) => void;
}

/**
 * `smoke …`, at the command line. Returns the exit code; throws an error with a sentence where the arguments do not fit, and at the
 * first fault of the run.
 */
export async function runSmoke(args: string[], { content, main, say }: Around): Promise<number> {
  const { values } = options(args);
  if (values.help) {
    say(SMOKE_USE);
    return 0;
  }
  const out = resolve(values.out);
  if (values.base !== undefined) {
    const { course } = values;
    const learner = account(values.learner);
    if (!learner || !course)
      throw new Error(
        `With --base, name the course and a learner whose address is confirmed: it leaves a real certificate\n${SMOKE_USE}`,
      );
    const base = values.base.replace(/\/+$/, '');
    say(`takes the course "${course}" at ${base} as ${learner.email}, and leaves a real certificate there`);
    const accounts = { learner, administrator: account(values.administrator) };
    await smoke({
      ...{ course, out, content: content(), say, base },
      ...accounts,
      readMail: null,
      administratorLink: null,
    });
    return 0;
  }
  const server = await startThrowAway(main);
  try {
    const common = { course: values.course ?? 'volunteers', out, content: content(), say };
    await smoke({ ...common, ...server, learner: null, administrator: null });
    if (values.serve) await untilInterrupted(server.base, say);
  } finally {
    await server.stop();
  }
  return 0;
}

function options(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS });
  } catch (fault) {
    throw new Error(`${fault instanceof Error ? fault.message : String(fault)}\n${SMOKE_USE}`);
  }
}

function untilInterrupted(base: string, say: (line: string) => void): Promise<void> {
  say(`the server stays up at ${base} until you interrupt it`);
  return new Promise(done => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}

/** An account written as EMAIL:PASSWORD. */
function account(text: string | undefined): Account | null {
  const found = text ? /^([^:]+):(.+)$/.exec(text) : null;
  return found ? { name: found[1] ?? '', email: found[1] ?? '', password: found[2] ?? '' } : null;
}
