import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, so small that it can be filled. */
export interface Disk {
  /** Leaves not a single block. */
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Room for a series of several hundred rounds (MB). It is memory, and taken only as far as it is used. */
const SIZE = 256;

/** From large to small (bytes): a block of the file system comes last. */
const PIECES = [1024 * 1024, 4096];

/** Mounts a small disk on an empty folder. Throws where that is not permitted: it takes root. */
export function mountDisk(folder: string): Disk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}m`, 'safe-passage-faults', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ballast = join(folder, 'ballast');
  return {
    fill() {
      const file = openSync(ballast, constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY);
      try {
        for (const size of PIECES) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    // Lazily: where the run is broken off, the server may be up for a moment longer.
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

/** Why no disk can be mounted here; null where one can. */
export function whyNoDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-disk-'));
  try {
    mountDisk(folder).unmount();
    return null;
  } catch (fault) {
    // The command that failed comes first, then what it said.
    return String(fault).split('\n')[1] ?? String(fault);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
  }
}
