import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { tarred, untarred, type Part } from '../../../server/workshop/backup/tar.js';

const part = (name: string, content: Buffer): Part => ({ name, size: content.length, content: [content] });

const PARTS = [
  part('manifest.json', Buffer.from('{}')),
  part('empty', Buffer.alloc(0)),
  part('block', Buffer.alloc(512, 1)),
  part('published/list-1.json', Buffer.alloc(70_001, 2)),
];

async function bytesOf(parts: readonly Part[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tarred(parts, Date.UTC(2026, 10, 27))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** In pieces of a length that fits nothing. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 333) yield Promise.resolve(bytes.subarray(at, at + 333));
}

async function read(bytes: Buffer): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {};
  for await (const { name, content } of untarred(inPieces(bytes))) {
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    found[name] = Buffer.concat(pieces);
  }
  return found;
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    (fault: unknown) => String(fault),
  );
}

describe('a tar file', () => {
  it('is opened by any tar', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tar-'));
    writeFileSync(join(folder, 'a.tar'), await bytesOf(PARTS));
    execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
    for (const { name, content } of PARTS) {
      const [bytes] = content as Buffer[];
      expect(readFileSync(join(folder, name)).equals(bytes ?? Buffer.alloc(1)), name).to.equal(true);
    }
    rmSync(folder, { recursive: true });
  });

  it('returns its parts, or only those that are asked for', async () => {
    const bytes = await bytesOf(PARTS);
    const found = await read(bytes);
    expect(Object.keys(found)).to.deep.equal(PARTS.map(({ name }) => name));
    expect(found['published/list-1.json']?.equals(Buffer.alloc(70_001, 2))).to.equal(true);
    const names: string[] = [];
    for await (const { name } of untarred(inPieces(bytes))) names.push(name);
    expect(names).to.deep.equal(PARTS.map(({ name }) => name));
  });

  it('can hold parts larger than eight gigabytes', async () => {
    const size = 9 * 1024 ** 3;
    const [header] = await Promise.all([
      tarred([{ name: 'database.sqlite', size, content: [] }], 0).next() as Promise<{ value: Buffer }>,
    ]);
    const parts = untarred(inPieces(header.value));
    expect((await parts.next()).value).to.include({ name: 'database.sqlite', size });
  });

  it('is refused when it was cut off or changed', async () => {
    const bytes = await bytesOf(PARTS);
    expect(await faultOf(read(bytes.subarray(0, 40_000)))).to.include('cut off');
    bytes[3] = 0x7a;
    expect(await faultOf(read(bytes))).to.include('damaged');
  });

  it('is not written when a part has changed its length', async () => {
    const wrong = [{ name: 'a', size: 3, content: [Buffer.from('ab')] }];
    expect(await faultOf(bytesOf(wrong))).to.include('changed');
  });
});
