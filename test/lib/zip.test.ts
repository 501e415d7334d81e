import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { directoryEntry, endOfZip, localHeader } from '../../server/lib/zip-records.js';
import { zipFiles, type PackFile } from '../../server/lib/zip.js';

async function* given(...files: PackFile[]): AsyncGenerator<PackFile> {
  for (const file of files) yield await Promise.resolve(file);
}

/** What another program finds in a ZIP, once it has tested every sum: names with sizes, in order. */
function readByPython(path: string): string[] {
  const program = `import sys,zipfile
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print("\\n".join("%s %d" % (i.filename, i.file_size) for i in z.infolist()))`;
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', program, path], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect(status, stderr).to.equal(0);
  return stdout.trim().split('\n');
}

describe('a ZIP', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'zip-'))));
  after(() => rm(folder, { recursive: true }));

  async function written(files: AsyncIterable<PackFile>): Promise<string> {
    const path = join(folder, 'made.zip');
    await pipeline(Readable.from(zipFiles(files)), createWriteStream(path));
    return path;
  }

  it('is read by another program, whatever its files are made of', async () => {
    const lines = async function* () {
      for (let at = 0; at < 30_000; at += 1) yield await Promise.resolve(`line ${at}\n`);
    };
    const path = await written(
      given(
        { path: 'whole.txt', content: 'ein Ärger' },
        { path: 'streamed.jsonl', content: lines() },
        { path: 'नमस्ते/عايدة.pdf', content: new Uint8Array([1, 2, 3]) },
        { path: 'empty.txt', content: '' },
      ),
    );
    expect(readByPython(path)).to.deep.equal([
      ...['whole.txt 10', 'streamed.jsonl 318890', 'नमस्ते/عايدة.pdf 3', 'empty.txt 0'],
    ]);
  });

  it('is the same bytes for the same files', async () => {
    const bytes = () => buffer(zipFiles(given({ path: 'a', content: 'b' })));
    expect(await bytes()).to.deep.equal(await bytes());
  });

  it('fails with the file that fails', async () => {
    const broken = async function* () {
      yield await Promise.resolve('begun');
      throw new Error('The database is gone');
    };
    const fault = await written(given({ path: 'a', content: broken() })).catch(
      (thrown: Error) => thrown.message,
    );
    expect(fault).to.equal('The database is gone');
  });

  it('holds more files than the numbers of old can count', async () => {
    const many = async function* () {
      for (let at = 0; at < 66_000; at += 1) yield await Promise.resolve({ path: `${at}.pdf`, content: 'x' });
    };
    const names = readByPython(await written(many()));
    expect(names).to.have.length(66_000);
    expect(names.at(-1)).to.equal('65999.pdf 1');
  }).timeout(60_000);

  it('finds a file that begins behind 4 GB', async () => {
    const path = join(folder, 'long.zip');
    const file = await open(path, 'w');
    const data = Buffer.from('far away');
    const sums = { crc: crc32(data), packed: data.length, size: data.length };
    const entry = {
      name: Buffer.from('far.txt'),
      isDeflated: false,
      isStreamed: false,
      ...sums,
      at: 2 ** 32 + 5,
    };
    const parts = [localHeader(entry), data];
    const directory = directoryEntry(entry);
    const at = entry.at + Buffer.concat(parts).length;
    const end = endOfZip({ count: 1, size: directory.length, at });
    // A hole in the file stands for what comes before.
    await file.write(Buffer.concat([...parts, directory, end]), 0, undefined, entry.at);
    await file.close();
    expect(readByPython(path)).to.deep.equal(['far.txt 8']);
  });
});
