import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../../server/config.js';
import { ownWorld } from '../../../support/world.js';
import { held, type Held } from './held.js';
import { adviceOn, VERDICTS } from '../../../../server/proof/certificates/offline/offline-words.js';

describe('safe-passage-verify', () => {
  ownWorld();
  let files: Held;

  before(async () => {
    files = await held();
  });
  after(() => files.close());

  /** Runs the program as from a shell: names of files become paths, other arguments stay. */
  function run(...args: string[]) {
    const named = args.map(arg => (/^[a-z]+\.(json|pdf|png|svg|txt)$/.test(arg) ? files.path(arg) : arg));
    const { status, stdout, stderr } = spawnSync(process.execPath, [files.program, ...named], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  for (const file of ['good.json', 'good.pdf', 'good.png', 'good.svg'])
    it(`finds ${file} valid, and shows what it says`, () => {
      const { status, stdout } = run(file, '--did', 'did.json', '--list', 'list.json');
      expect(status, stdout).to.equal(0);
      expect(stdout).to.include(VERDICTS.valid.title).and.include('Ada Marlow').and.include(files.key);
    });

  it('does not find it valid without a status list', () => {
    const { status, stdout } = run('good.json', '--did', 'did.json');
    expect(status).to.equal(2);
    expect(stdout)
      .to.include(VERDICTS['status-unknown'].title)
      .and.include(adviceOn(['no-status-list'])[0]);
  });

  it('exits with 1 for a certificate that is altered, revoked, expired or signed with another key', () => {
    const answers = {
      'altered.json': VERDICTS.tampered.title,
      'revoked.json': VERDICTS.revoked.title,
      'expired.json': VERDICTS.expired.title,
    };
    for (const [file, answer] of Object.entries(answers)) {
      const { status, stdout } = run(file, '--did', 'did.json', '--list', 'list.json');
      expect([status, stdout.startsWith(answer)], stdout).to.deep.equal([1, true]);
    }
    const wrong = run('good.json', '--did', 'wrong.json', '--list', 'list.json');
    expect(wrong.status).to.equal(1);
    expect(wrong.stdout)
      .to.include(adviceOn(['unknown-key'])[0])
      .and.not.include('Ada Marlow');
  });

  it('checks for another day: with a list that is too old then, or after the last valid day', () => {
    const list = ['--did', 'did.json', '--list', 'list.json'];
    const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const late = run('good.json', ...list, '--at', inTwoMonths);
    expect(late.status).to.equal(2);
    expect(late.stdout).to.include(adviceOn(['stale-status-list'])[0]);
    expect(run('good.json', ...list, '--at', '2099-01-01')).to.include({ status: 1 });
    expect(
      run('good.json', ...list, '--at', '2001-01-01').stdout.startsWith(VERDICTS['not-yet-valid'].title),
    ).to.equal(true);
  });

  it('exits with 2 and says what it needs when it is called wrongly', () => {
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
    expect(none.stdout).to.include(VERDICTS.unreadable.title);
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
