import { closeBrowser } from '../support/programs/browser.js';
import { reseed } from '../support/chance.js';
import { closeWorld, openWorld } from '../support/world.js';
import { CLAIMS } from './claims.js';
import { JOBS, type Job } from './job.js';

// `npm run jobs [-- J4 J26 …]`: walks these jobs, or all that are claimed, and says of each whether it could be done.

const jobs = new Map(JOBS.map(job => [job.id, job]));
const asked = process.argv.slice(2).map(id => id.toUpperCase());
for (const id of asked.length > 0 ? asked : Object.keys(CLAIMS)) await report(id, jobs.get(id));

async function report(id: string, job: Job | undefined): Promise<void> {
  const began = Date.now();
  const fault = job ? await faultOf(job) : 'has no journey';
  const seconds = Math.round((Date.now() - began) / 1000);
  if (fault) process.exitCode = 1;
  if (!job) return say(`${id} ${fault}`);
  say(`${id} ${fault ? 'failed' : 'passed'} (${seconds} s): ${job.title}${fault && `\n${fault}`}`);
}

/** Walks the job in a world and a browser of its own. What went wrong, or nothing. */
async function faultOf({ id, walk }: Job): Promise<string> {
  reseed(id);
  await openWorld();
  try {
    await walk();
    return '';
  } catch (fault) {
    return (fault as Error).stack ?? String(fault);
  } finally {
    await closeBrowser();
    await closeWorld();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
