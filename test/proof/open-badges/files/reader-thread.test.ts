import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { openFileReader } from '../../../../server/proof/open-badges/files/reader-thread.js';
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

/** For tests in which only the file may end the thread, however busy the machine is. */
const PATIENT = { start: 120_000, answer: 120_000 };

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
    const examined = await openFileReader(
      report,
      PATIENT,
    )({ file, ours: trusting(key), others: [], now: LATER });
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
    it(`answers null to a file that makes it ${word}, and reads the next one`, async () => {
      const limits = word === 'hang' ? { start: PATIENT.start } : PATIENT;
      const read = openFileReader(report, { ...limits, memory: 24 }, program);
      expect(await read(handed(word))).to.equal(null);
      expect(reported).to.deep.equal(faults);
      expect(await read(handed('next'))).to.equal('next');
    });
  }

  it('loses at most one file when it dies between two', async () => {
    const read = openFileReader(report, PATIENT, program);
    const said: unknown[] = [];
    // Whether its last answer or its fault is heard first differs between versions of Node.
    for (const word of ['die later', 'next', 'next', 'next']) said.push(await read(handed(word)));
    expect(said.filter(each => each === null).length).to.be.at.most(1);
    expect(said.filter(each => each === 'next').length).to.be.at.least(2);
  });

  it('reads one file after the other, and refuses files when too many wait', async () => {
    const read = openFileReader(report, { ...PATIENT, waiting: 2 }, program);
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(word => read(handed(word))));
    expect(all).to.deep.equal(['a', 'b', 'c', null, null]);
    expect(await read(handed('f'))).to.equal('f');
  });

  it('has no environment variables', async () => {
    expect(await openFileReader(report, PATIENT, program)(handed('environment'))).to.deep.equal([]);
  });

  it('answers null when it cannot start', async () => {
    const read = openFileReader(report, {}, pathToFileURL(join(folder, 'missing.mjs')));
    expect(await read(handed('a'))).to.equal(null);
  });

  it('ends when it is idle, and starts again', async () => {
    const read = openFileReader(report, { ...PATIENT, idle: 0 }, program);
    expect(await read(handed('a'))).to.equal('a');
    await new Promise(done => setImmediate(done));
    expect(await read(handed('b'))).to.equal('b');
  });
});
