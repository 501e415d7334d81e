import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Figure } from '../measured/figure.js';
import { once, type Ask } from '../processes.js';

/** Milliseconds that each page took, one request after another. */
export type Times = Readonly<Record<string, number[]>>;

/** How often one person asks, with a breath between (ms). */
const BREATH = 20;

/** Asks for the pages in turn for as long as `meanwhile` lasts. */
export async function pageTimes(
  base: string,
  pages: Readonly<Record<string, Ask>>,
  meanwhile: () => Promise<unknown>,
): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(pages).map(name => [name, []]));
  let lasts = true;
  const lasting = meanwhile().finally(() => (lasts = false));
  for (let round = 0; lasts; round += 1) {
    for (const [name, { path, headers = {} }] of Object.entries(pages)) {
      // Many strangers, or the limits would meet them as one.
      const from = { 'x-forwarded-for': `10.1.${round % 251}.${(round >> 8) % 251}` };
      const began = performance.now();
      await once(base + path, { ...headers, ...from }, agent);
      times[name]?.push(performance.now() - began);
      await wait(BREATH);
    }
  }
  agent.destroy();
  await lasting;
  return times;
}

/** How long the median page takes meanwhile, as a multiple of what it takes at rest. */
export const slower = (atRest: Times, meanwhile: readonly Times[]): Figure[] =>
  Object.entries(atRest).map(([name, rest]) => {
    const busy = meanwhile.flatMap(times => times[name] ?? []);
    return {
      what: `${name} page meanwhile, median`,
      value: at(busy, 0.5) / at(rest, 0.5),
      unit: '× at rest',
    };
  });

const at = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
