import { installedViews } from '../../../server/platform/http/installed-views.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { onNudge } from '../../../server/platform/events/jobs/nudge.js';
import type { Issuer } from '../../../server/proof/certificates/issuer/issuer.js';
import { RateLimits } from '../../../server/platform/http/security/rate-limits.js';
import { SessionStore } from '../../../server/platform/http/security/sessions.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { createReactions } from '../../../server/background.js';
import type { ReadyReactions } from '../../../server/platform/events/reaction.js';
import { createWorker, type Worker } from '../../../server/worker.js';
import { enrolled, quizzesOf, readLessons, takeQuiz } from '../walk.js';
import { reactToNews, world } from '../world.js';

/** The reactions of the installation under test, with outside things of one's own. */
export function reactionsWith({ issuer = world().issuer, clock = Date.now } = {}): ReadyReactions {
  const { config, papers, secrets, base } = world();
  return createReactions({
    config,
    issuer,
    papers,
    linkKey: secrets.links,
    sessions: new SessionStore(),
    limits: new RateLimits(secrets.limits),
    clock,
    mailer: { send: () => Promise.resolve(), close: () => undefined },
    views: installedViews(),
    baseUrl: base,
    contact: null,
  });
}

/**
 * While `during` runs, news wakes no worker but the one that it is given: its signing fails, and its clock stands where
 * `clock` says. `knows` picks its reactions, as in an older program that has fewer.
 */
export async function withBrokenSigning(
  during: (worker: Worker) => Promise<void>,
  {
    clock = Date.now,
    knows = () => true,
  }: { clock?: () => number; knows?: (reaction: string) => boolean } = {},
): Promise<void> {
  await world().worker.drain();
  const forget = onNudge(() => undefined);
  const issuer = Object.create(world().issuer, {
    refresh: { value: () => Promise.reject(new Error('The key cannot be read')) },
  }) as Issuer;
  const all = Object.entries(reactionsWith({ issuer, clock }));
  const reactions = Object.fromEntries(all.filter(([name]) => knows(name)));
  const log = createLogger('silent', { write: () => undefined });
  const worker = createWorker({ reactions, routines: [], clock, log });
  try {
    await during(worker);
  } finally {
    await worker.stop();
    forget();
    reactToNews();
  }
}

/** Lessons read and quizzes passed; no worker has heard of it yet. */
export async function passedAll(holder: { id: string }) {
  const cycle = await enrolled(holder);
  const attempts = await inTransaction(async () => {
    await readLessons(cycle);
    const taken = [];
    for (const quiz of await quizzesOf(cycle)) taken.push(await takeQuiz(cycle, quiz));
    return taken;
  });
  return { cycle, last: attempts.at(-1)?.id ?? '' };
}
