import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../config.js';

/** The page that checks certificates offline, as a file to keep. `sha256` in hex. */
export interface OfflinePage {
  readonly bytes: Buffer;
  readonly sha256: string;
}

const PATH = join(projectRoot, 'dist', 'offline', 'safe-passage-verify.html');

let known: OfflinePage | null = null;

/** Read once. Made by the set-up that runs before start and test; null where that was passed by. */
export function offlinePage(): OfflinePage | null {
  return known ?? (existsSync(PATH) ? (known = opened(readFileSync(PATH))) : null);
}

const opened = (bytes: Buffer): OfflinePage => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
