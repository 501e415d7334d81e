import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import { buildOffline, held, type Held } from './held.js';
import { ownWorld } from '../../support/world.js';

describe('safe-passage-verify', function () {
  ownWorld();
  this.timeout(180_000);
  let program: string;
  let files: Held;

  before(async () => {
    ({ program } = buildOffline());
    files = await held();
  });
  after(() => files.close());

  /** As from a shell: names of files, the rest as it is. */
  function run(...args: string[]) {
    const named = args.map(arg => (/^[a-z]+\.(json|pdf|png|svg|txt)$/.test(arg) ? files.path(arg) : arg));
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...named], { encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  for (const file of ['good.json', 'good.pdf', 'good.png', 'good.svg'])
    it(`says yes to ${file}, and what it says`, () => {
      const { status, stdout } = run(file, '--did', 'did.json', '--list', 'list.json');
      expect(status, stdout).to.equal(0);
      expect(stdout).to.include('Genuine and valid').and.include('Ada Marlow').and.include(files.key);
    });

  it('does not say yes without a list', () => {
    const { status, stdout } = run('good.json', '--did', 'did.json');
    expect(status).to.equal(2);
    expect(stdout).to.include('Genuine, but maybe withdrawn').and.include('Give the status list');
  });

  it('says no, with 1, to what is altered, withdrawn, expired or signed with another key', () => {
    const answers = {
      'altered.json': 'Do not rely on this file',
      'withdrawn.json': 'Withdrawn',
      'expired.json': 'Expired',
    };
    for (const [file, answer] of Object.entries(answers)) {
      const { status, stdout } = run(file, '--did', 'did.json', '--list', 'list.json');
      expect([status, stdout.startsWith(answer)], stdout).to.deep.equal([1, true]);
    }
    const wrong = run('good.json', '--did', 'wrong.json', '--list', 'list.json');
    expect(wrong.status).to.equal(1);
    expect(wrong.stdout).to.include('The key document does not have the key').and.not.include('Ada Marlow');
  });

  it('checks for another day: a list of long ago, or a certificate that will have ended', () => {
    const list = ['--did', 'did.json', '--list', 'list.json'];
    const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const late = run('good.json', ...list, '--at', inTwoMonths);
    expect(late.status).to.equal(2);
    expect(late.stdout).to.include('too old');
    expect(run('good.json', ...list, '--at', '2099-01-01')).to.include({ status: 1 });
    expect(run('good.json', ...list, '--at', '2001-01-01').stdout).to.match(/^Not valid yet/);
  });

  it('ends with 2 and says what it needs when it is asked wrongly', () => {
    const nothing = files.write('nothing.txt', 'nothing');
    const cases: [string[], string][] = [
      [[], 'Give one file'],
      [['good.json'], '--did'],
      [['good.json', '--did', 'missing.json'], 'cannot be read'],
      [['good.json', '--did', nothing], 'is not a key document'],
      [['good.json', '--did', 'good.json'], 'is not a key document'],
      [['good.json', '--did', 'did.json', '--at', 'tomorrow'], '2026-12-24'],
      [['good.json', '--did', 'did.json', '--colour'], 'colour'],
    ];
    for (const [args, says] of cases) {
      const { status, stderr } = run(...args);
      expect([status, stderr.includes(says)], `${args.join(' ')}: ${stderr}`).to.deep.equal([2, true]);
      expect(stderr).to.not.include('    at ');
    }
    const none = run(nothing, '--did', 'did.json');
    expect([none.status, none.stdout]).to.deep.equal([2, none.stdout]);
    expect(none.stdout).to.include('No certificate found');
  });

  it('runs from a packed package by its name, with nothing installed beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'packed-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: projectRoot });
    const [tarball = ''] = readdirSync(folder);
    execFileSync('tar', ['-xzf', tarball], { cwd: folder });
    // As npm links the commands of a package.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(
      join(folder, 'package/dist/offline/safe-passage-verify.mjs'),
      join(bin, 'safe-passage-verify'),
    );
    const args = [files.path('good.pdf'), '--did', files.path('did.json'), '--list', files.path('list.json')];
    const { status, stdout } = spawnSync(join(bin, 'safe-passage-verify'), args, {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, stdout).to.equal(0);
    expect(readdirSync(join(folder, 'package')).sort()).to.deep.equal([
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
    ]);
    rmSync(folder, { recursive: true, force: true });
  });
});
