import { inTransaction } from '../../../server/db/transaction.js';

/** How long somebody else who writes waited (ms), and what this process worked meanwhile (ms of CPU), which no neighbour changes. */
export interface Wait {
  readonly ms: number;
  readonly cpu: number;
}

export async function waited(into: Wait[]): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await inTransaction(() => Promise.resolve());
  const { user, system } = process.cpuUsage(used);
  into.push({ ms: performance.now() - began, cpu: (user + system) / 1000 });
}

export function waitLine(waits: readonly Wait[]): string {
  const of = (name: keyof Wait) => {
    const sorted = waits.map(each => each[name]).sort((one, other) => one - other);
    const at = (share: number) => (sorted.at(Math.floor(share * (sorted.length - 1))) ?? 0).toFixed(1);
    return `${at(0.5)} (median), ${at(0.95)} (95 %), ${at(1)} (most)`;
  };
  return `somebody else who writes meanwhile waits ms: ${of('ms')}; this process works meanwhile, ms of CPU: ${of('cpu')}`;
}
