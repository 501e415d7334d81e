import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../config.js';

/** The page that checks certificates offline, as a file to download. `sha256` in hex. */
export interface OfflinePage {
  readonly bytes: Buffer;
  readonly sha256: string;
}

const PATH = join(projectRoot, 'dist', 'offline', 'safe-passage-verify.html');

let known: OfflinePage | null = null;

/** Read once. The set-up before start and test builds it; null where the set-up was skipped. */
export function offlinePage(): OfflinePage | null {
  return known ?? (existsSync(PATH) ? (known = opened(readFileSync(PATH))) : null);
}

const opened = (bytes: Buffer): OfflinePage => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
