import type { Config } from '../../../config.js';
import { keepTrusted, trustedIssuers } from './trusted-issuers.js';

/**
 * `issuers list | fetch` on the command line: the other issuers that we trust. Only this command fetches their DID
 * documents; the server reads the files when it starts. Returns the exit code: 1 when a document is missing or could not
 * be fetched. A failed fetch leaves the stored file as it was.
 */
export async function runIssuers(
  [verb]: string[],
  config: Pick<Config, 'dataDir' | 'trustedIssuers'>,
  say: (line: string) => void,
): Promise<number> {
  if (verb !== 'list' && verb !== 'fetch') throw new Error('issuers: use list or fetch');
  if (config.trustedIssuers.length === 0) say('TRUSTED_ISSUERS is empty.');
  if (verb === 'list') return list(config, say);
  const fetched = await Promise.all(
    config.trustedIssuers.map(domain => fetchOne(config.dataDir, domain, say)),
  );
  say('A running server reads them when it restarts.');
  return fetched.every(Boolean) ? 0 : 1;
}

function list(config: Pick<Config, 'dataDir' | 'trustedIssuers'>, say: (line: string) => void): number {
  const { documents, missing } = trustedIssuers(config);
  for (const { id, assertionMethod } of documents) say(`${id}: ${assertionMethod.length} keys`);
  for (const domain of missing) say(`${domain}: no DID document yet, or it belongs to another domain`);
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
