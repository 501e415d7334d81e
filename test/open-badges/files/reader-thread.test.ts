import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { openFileReader } from '../../../server/open-badges/files/reader-thread.js';
import { issue, keyFrom, LATER, trusting } from '../sample.js';

/** A thread that does what its file tells it. */
const PROGRAM = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ file }) => {
  const word = Buffer.from(file).toString();
  if (word === 'hang') for (;;);
  if (word === 'throw') throw new Error('x');
  if (word === 'exit') process.exit(0);
  if (word === 'eat') { const all = []; for (;;) all.push(new Array(100000).fill(Math.random())); }
  if (word === 'die later') setTimeout(() => { throw new Error('later'); }, 0);
  if (word === 'environment') return parentPort.postMessage(Object.keys(process.env));
  parentPort.postMessage(word);
});
parentPort.postMessage('ready');
`;

describe('the thread that reads files', () => {
  let folder: string;
  let program: URL;
  let reported: string[];
  const report = (fault: string) => void reported.push(fault);

  beforeEach(() => {
    reported = [];
  });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'reader-'));
    writeFileSync(join(folder, 'program.mjs'), PROGRAM);
    program = pathToFileURL(join(folder, 'program.mjs'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const handed = (word: string) => {
    const ours = { '@context': [], id: '', alsoKnownAs: [], verificationMethod: [], assertionMethod: [] };
    return { file: Buffer.from(word), ours, others: [], now: 0 };
  };

  it('reads a real certificate', async () => {
    const key = await keyFrom('issuer');
    const { text, sha256 } = await issue(key);
    const file = Buffer.from(text);
    const examined = await openFileReader(report)({ file, ours: trusting(key), others: [], now: LATER });
    expect(examined).to.deep.include({ kind: 'ours', sha256 });
    expect(examined).to.have.nested.property('facts.name', 'Zoë Łukasz');
  });

  const misdeeds: [string, string[]][] = [
    ['hang', ['late']],
    ['throw', ['Error']],
    ['exit', ['0']],
    ['eat', ['ERR_WORKER_OUT_OF_MEMORY']],
  ];
  for (const [word, faults] of misdeeds) {
    it(`that should ${word}: nothing is said, and the next file is read`, async () => {
      const read = openFileReader(report, { answer: 1_500, memory: 24 }, program);
      expect(await read(handed(word))).to.equal(null);
      expect(reported).to.deep.equal(faults);
      expect(await read(handed('next'))).to.equal('next');
    });
  }

  it('that dies between two files takes at most one file with it', async () => {
    const read = openFileReader(report, {}, program);
    const said: unknown[] = [];
    // Whether its last answer or its fault is heard first differs between versions of Node.
    for (const word of ['die later', 'next', 'next', 'next']) said.push(await read(handed(word)));
    expect(said.filter(each => each === null).length).to.be.at.most(1);
    expect(said.filter(each => each === 'next').length).to.be.at.least(2);
  });

  it('reads one after the other, and turns away what waits too long a queue', async () => {
    const read = openFileReader(report, { waiting: 2 }, program);
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(word => read(handed(word))));
    expect(all).to.deep.equal(['a', 'b', 'c', null, null]);
    expect(await read(handed('f'))).to.equal('f');
  });

  it('knows no secret of the server', async () => {
    expect(await openFileReader(report, {}, program)(handed('environment'))).to.deep.equal([]);
  });

  it('says nothing when it cannot begin', async () => {
    const read = openFileReader(report, {}, pathToFileURL(join(folder, 'missing.mjs')));
    expect(await read(handed('a'))).to.equal(null);
  });

  it('is ended when nothing comes, and begun again', async () => {
    const read = openFileReader(report, { idle: 0 }, program);
    expect(await read(handed('a'))).to.equal('a');
    await new Promise(done => setImmediate(done));
    expect(await read(handed('b'))).to.equal('b');
  });
});
