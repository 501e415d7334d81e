import { inTransaction } from '../db/transaction.js';
import { fanOut, unreadNews, type News, type ReactionsTo } from './fan-out.js';
import { laneNames, type Lane } from './job-lanes.js';
import { claim, dueLanes, finishJob, type ClaimedJob } from './queue.js';

/** What a worker has done, and can do. */
export interface Pass {
  /** Jobs that it ran to their end. */
  readonly ended: readonly ClaimedJob[];
  readonly reactionsTo: ReactionsTo;
  /** How many more jobs of a lane it can run, once those have ended. */
  readonly roomIn: (lane: Lane) => number;
  /** Epoch ms. */
  readonly now: number;
}

/** What a worker does next. */
interface Next {
  readonly claimed: readonly ClaimedJob[];
  /** There are more events to turn into jobs. */
  readonly hasMore: boolean;
}

/**
 * Finish the jobs that ended, turn new events into jobs, and claim those that there is room for: all in one transaction,
 * since most of the cost of each is its commit. Where there is nothing to do, nobody who writes has to wait.
 */
export async function nextJobs(pass: Pass): Promise<Next> {
  const [news, due] = await Promise.all([unreadNews(), dueLanes(pass.now)]);
  const hasRoom = due.some(lane => pass.roomIn(lane) > 0);
  const hasNews = news.events.length > 0;
  if (pass.ended.length === 0 && !hasNews && !hasRoom) return { claimed: [], hasMore: false };
  return inTransaction(() => take(pass, hasNews ? news : null, due));
}

async function take(pass: Pass, news: News | null, due: readonly Lane[]): Promise<Next> {
  const { ended, reactionsTo, now } = pass;
  for (const job of ended) await finishJob(job, now);
  const jobs = news && (await fanOut(news, reactionsTo, now));
  const wanted = new Set([...due, ...(jobs ?? []).map(({ lane }) => lane)]);
  const claimed = [];
  for (const lane of laneNames.filter(name => wanted.has(name))) {
    // Of a lane in which nothing was due, only the new jobs are.
    const most = due.includes(lane) ? Infinity : (jobs ?? []).filter(job => job.lane === lane).length;
    claimed.push(...(await claimSome(lane, Math.min(most, pass.roomIn(lane)), now)));
  }
  return { claimed, hasMore: news !== null && (news.isFull || jobs === null) };
}

async function claimSome(lane: Lane, most: number, now: number): Promise<ClaimedJob[]> {
  const claimed: ClaimedJob[] = [];
  while (claimed.length < most) {
    const job = await claim(lane, now);
    if (!job) break;
    claimed.push(job);
  }
  return claimed;
}
