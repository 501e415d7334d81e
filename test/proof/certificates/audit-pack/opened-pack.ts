import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { PYTHON } from '../../../support/programs/python.js';

/** What a command said and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** A pack in a folder of its own. */
export interface OpenedPack {
  readonly folder: string;
  names(): string[];
  text(name: string): string;
  json<T>(name: string): T;
  write(name: string, content: string | Uint8Array): void;
  remove(name: string): void;
  /** The sums once more, as somebody who changed a file would write them. */
  sumAgain(): void;
  /** The commands of VERIFY.md, block by block. */
  blocks(): string[];
  run(block: string): Outcome;
  /** verify.py, as VERIFY.md says. */
  verify(...args: string[]): Outcome;
  close(): void;
}

export function openPack(zip: Uint8Array): OpenedPack {
  const folder = mkdtempSync(join(tmpdir(), 'audit-pack-'));
  for (const [name, bytes] of Object.entries(unzipSync(zip))) put(folder, name, bytes);
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const names = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  const run = (command: string, args: readonly string[]): Outcome => {
    // No proxy, no home, no Python of somebody's own: what a plain Debian machine has.
    const env = { HOME: folder, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
    return { status, output: `${stdout}${stderr}` };
  };
  return {
    folder,
    names,
    text,
    json: <T>(name: string) => JSON.parse(text(name)) as T,
    write: (name, changed) => put(folder, name, changed),
    remove: name => rmSync(join(folder, name)),
    sumAgain() {
      const summed = names().filter(name => name !== 'SHA256SUMS');
      const sums = summed.map(name => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
      put(folder, 'SHA256SUMS', sums.join(''));
    },
    blocks: () => [...text('VERIFY.md').matchAll(/^```sh\n([^]*?)^```$/gm)].map(match => match[1] ?? ''),
    run: block => run('/bin/bash', ['--norc', '-euo', 'pipefail', '-c', block]),
    verify: (...args) => run(PYTHON, ['verify.py', ...args]),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The names in a zip as another program lists them, once it has tested every sum. */
export function listedByPython(zip: Uint8Array): string[] {
  const program =
    'import io,sys,zipfile; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); assert z.testzip() is None; print("\\n".join(z.namelist()))';
  return execFileSync(PYTHON, ['-c', program], { input: zip, encoding: 'utf8' }).trim().split('\n');
}

function put(folder: string, name: string, content: Uint8Array | string): void {
  const path = join(folder, name);
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
