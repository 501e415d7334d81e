import type { Config } from '../../config.js';
import { keepTrusted, trustedIssuers } from './trusted-issuers.js';

/**
 * `issuers list | fetch`, at the command line: the other issuers whose certificates are told apart from forgeries.
 * Only here is anything fetched; the server reads the files when it starts. Returns the exit code: 1 when a
 * document could not be had, and then the file that was there stays.
 */
export async function runIssuers(
  [verb]: string[],
  config: Pick<Config, 'dataDir' | 'trustedIssuers'>,
  say: (line: string) => void,
): Promise<number> {
  if (verb !== 'list' && verb !== 'fetch') throw new Error('issuers: say list or fetch');
  if (config.trustedIssuers.length === 0) say('TRUSTED_ISSUERS names nobody.');
  if (verb === 'list') return list(config, say);
  const fetched = await Promise.all(
    config.trustedIssuers.map(domain => fetchOne(config.dataDir, domain, say)),
  );
  say('A server that runs reads them when it starts again.');
  return fetched.every(Boolean) ? 0 : 1;
}

function list(config: Pick<Config, 'dataDir' | 'trustedIssuers'>, say: (line: string) => void): number {
  const { documents, missing } = trustedIssuers(config);
  for (const { id, assertionMethod } of documents) say(`${id}: ${assertionMethod.length} keys`);
  for (const domain of missing) say(`${domain}: no DID document yet, or not theirs`);
  return missing.length === 0 ? 0 : 1;
}

async function fetchOne(dataDir: string, domain: string, say: (line: string) => void): Promise<boolean> {
  try {
    // A redirect would let another host speak for this one.
    const answer = await fetch(`https://${domain}/.well-known/did.json`, {
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    keepTrusted(dataDir, domain, await answer.text());
    say(`${domain}: kept`);
    return true;
  } catch (fault) {
    say(`${domain}: ${fault instanceof Error ? fault.message : String(fault)}`);
    return false;
  }
}
