import type { Config } from '../../../config.js';
import { trustedIssuers } from '../verification/trusted-issuers.js';
import { askStatuses } from './ask-statuses.js';

/** The largest list that is read, in characters: one of a million places takes less. */
const MOST = 1024 * 1024;

/**
 * `issuers statuses` on the command line: ask trusted issuers whether they revoked certificates that people brought. Only this
 * command asks, so run it as often as it matters. Returns the exit code: 1 when something could not be asked.
 */
export async function runStatuses(
  config: Pick<Config, 'dataDir' | 'trustedIssuers'>,
  say: (line: string) => void,
): Promise<number> {
  const { documents: others } = trustedIssuers(config);
  const asked = await askStatuses({ others, fetchText, now: Date.now() });
  say(`${asked.good} not revoked, ${asked.revoked} revoked`);
  if (asked.unread > 0) say(`${asked.unread} unknown: the list could not be read`);
  if (asked.outside > 0)
    say(`${asked.outside} not asked: the issuer is no longer trusted, or its list is on another site`);
  return asked.unread + asked.outside === 0 ? 0 : 1;
}

async function fetchText(url: string): Promise<string> {
  // A redirect would let another host speak for this one.
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of answer.body) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > MOST) throw new Error('The list is too large');
  }
  return text;
}
