import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openCheckpoints } from '../../proof/certificates/ledger/checkpoints.js';
import { storedDidDocument } from '../../proof/certificates/issuer/issuer.js';
import { CannotStart, programVersion, type Config } from '../../config.js';
import { database } from '../../platform/db/connect.js';
import { executed } from '../../platform/db/migrate.js';
import { sha256 } from '../../platform/lib/tokens.js';
import { noteBackup } from '../../platform/db/last-backup.js';
import { copyDatabase } from './database-copy.js';
import { keepMarks } from './keep-marks.js';
import { removeLeftovers } from './leftovers.js';
import { fingerprintOf, FORMAT, type Manifest } from './manifest.js';
import { tarred, type Part } from './tar.js';

type HashedPart = Part & { readonly sha256: string };

/**
 * Write everything that makes this installation, except its secret, into one new archive, while the server runs. The
 * file gets its name only when it is complete and on disk. Throws `CannotStart` when the file exists already or the
 * database cannot be copied. Returns what the archive holds.
 */
export async function backUp(config: Config, file: string, now: number): Promise<Manifest> {
  refuseToReplace(file);
  await removeLeftovers(dirname(file), now);
  const folder = await mkdtemp(`${file}.partial-`);
  try {
    await keepMarks(openCheckpoints(config.dataDir));
    // First the database, then what is beside it. Checkpoints that are newer than the copy revoke in a restore what it missed; a
    // sealed file that the copy knows has been written.
    const copy = await copyDatabase(config.databaseUrl, folder);
    const parts = [
      await fileOnDisk(basename(copy), copy),
      ...(await smallParts(config)),
      ...(await sealedFiles(config)),
    ];
    const manifest = await manifestOf(config, parts, now);
    const draft = join(folder, 'archive');
    await write(draft, [inMemory('manifest.json', JSON.stringify(manifest, null, 2)), ...parts], now);
    refuseToReplace(file);
    await rename(draft, file);
    await sync(dirname(file));
    await noteBackup(config.dataDir, { at: now, file });
    return manifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuseToReplace(file: string): void {
  if (existsSync(file))
    throw new CannotStart(`${file} exists, and a backup never replaces a file: give another name.`, 1);
}

async function manifestOf(config: Config, parts: readonly HashedPart[], now: number): Promise<Manifest> {
  return {
    format: FORMAT,
    program: programVersion(),
    takenAt: new Date(now).toISOString(),
    dialect: database().dialect,
    baseUrl: config.baseUrl,
    secretKeyFingerprint: fingerprintOf(config.secret),
    migrations: await executed(),
    parts: parts.map(({ name, size, sha256: hash }) => ({ name, size, sha256: hash })),
  };
}

/** The files beside the database: the checkpoints, our DID document, and the keys of trusted issuers. */
async function smallParts(config: Config): Promise<HashedPart[]> {
  const { dataDir } = config;
  const did = inMemory('did.json', JSON.stringify(await storedDidDocument(config), null, 2));
  return [did, ...(await filesOf(dataDir, 'published')), ...(await filesOf(dataDir, 'trusted-issuers'))];
}

async function filesOf(dataDir: string, folder: string): Promise<HashedPart[]> {
  const path = join(dataDir, folder);
  const names = existsSync(path)
    ? (await readdir(path)).filter(name => /^[\w-][\w.-]*\.json$/.test(name))
    : [];
  return Promise.all(
    names.sort().map(async name => inMemory(`${folder}/${name}`, await readFile(join(path, name)))),
  );
}

function inMemory(name: string, content: string | Buffer): HashedPart {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, sha256: sha256(bytes), content: [bytes] };
}

/** Evidence that was sealed: it cannot be made again byte for byte. One that is removed meanwhile is left out. */
async function sealedFiles({ dataDir }: Config): Promise<HashedPart[]> {
  const folder = join(dataDir, 'sealed');
  const names = existsSync(folder) ? (await readdir(folder)).filter(name => name.endsWith('.sealed')) : [];
  const found: HashedPart[] = [];
  for (const name of names.sort()) {
    const part = await fileOnDisk(`sealed/${name}`, join(folder, name)).catch(nothingIfGone);
    if (part) found.push(part);
  }
  return found;
}

function nothingIfGone(fault: NodeJS.ErrnoException): null {
  if (fault.code === 'ENOENT') return null;
  throw fault;
}

/** Opened only while it is read: there may be thousands. */
async function fileOnDisk(name: string, path: string): Promise<HashedPart> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  const { size } = await stat(path);
  async function* content(): AsyncGenerator<Buffer> {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  }
  return { name, size, sha256: hash.digest('hex'), content: content() };
}

async function write(path: string, parts: readonly Part[], now: number): Promise<void> {
  await pipeline(Readable.from(tarred(parts, now)), createGzip(), createWriteStream(path, { mode: 0o600 }));
  await sync(path);
}

/** Flush a file, or a folder's list of files, to disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
