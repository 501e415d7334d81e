import { waitUntil, type Wait } from '../../../platform/i18n/waits.js';
import type { ExampleWords } from '../example.js';

const MINUTE = 60_000;

/** A sentence with a wait of ten minutes, the same whenever the page is opened. */
export function sampleWait({ t, place }: ExampleWords): { wait: Wait; text: string } {
  const begun = Date.UTC(2026, 10, 24, 14, 50);
  const wait = waitUntil(begun + 10 * MINUTE, begun, place, t);
  return { wait, text: t('limits.waitText', { wait: wait.words }) };
}
