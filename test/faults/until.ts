import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './checks/checks.js';

/** How long anything may take that has to come (ms): jobs of a server that was killed keep their places for a minute. */
const PATIENCE = 180_000;

/** Waits until it is so; false when that takes longer than anything may. */
export async function comes(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await wait(100);
  }
  return true;
}

/** Whether the server says just now that it is ready (200), or that it is not (503). */
export const isReady = async (base: string, status: 200 | 503): Promise<boolean> =>
  (await fetch(`${base}/readyz`)).status === status;

/** The server, or what it depends on, does not end or go on as it must. */
export const badEnd = (what: string): Fault => ({ kind: 'bad end', round: null, what });
