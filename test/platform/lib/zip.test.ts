import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { PYTHON } from '../../support/programs/python.js';
import { zipFiles, type PackFile } from '../../../server/platform/lib/zip.js';

async function* given(...files: PackFile[]): AsyncGenerator<PackFile> {
  for (const file of files) yield await Promise.resolve(file);
}

/** What another program finds in a ZIP, once it has tested every sum: names with sizes, in order. */
function readByPython(path: string): string[] {
  const program = `import sys,zipfile
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print("\\n".join("%s %d" % (i.filename, i.file_size) for i in z.infolist()))`;
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', program, path], {
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

  it('asks for no further file, and ends the one it reads, once nobody reads on', async () => {
    let ended = 0;
    const endless = async function* () {
      try {
        for (;;) yield await Promise.resolve(randomBytes(100_000));
      } finally {
        ended += 1;
      }
    };
    const files = async function* () {
      try {
        yield { path: 'a', content: endless() };
        yield await Promise.resolve({ path: 'b', content: 'never asked for' });
      } finally {
        ended += 1;
      }
    };
    for await (const bytes of zipFiles(files())) if (bytes.length > 1_000) break;
    while (ended < 2) await new Promise(setImmediate);
  });
});
