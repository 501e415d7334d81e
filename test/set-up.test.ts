import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../server/config.js';

describe('a run of tests on a machine without their tools', () => {
  it('leaves out the files that need them, passes, and names what to install', () => {
    const empty = mkdtempSync(join(tmpdir(), 'no-tools-'));
    const mocha = join(projectRoot, 'node_modules/mocha/bin/mocha.js');
    const files = ['test/platform/lib/days.test.ts', 'test/proof/open-badges/files/saved-again.test.ts'];
    const { status, stdout } = spawnSync(process.execPath, [mocha, ...files], {
      cwd: projectRoot,
      env: { PATH: empty },
      encoding: 'utf8',
    });
    rmdirSync(empty);
    expect(status, stdout).to.equal(0);
    const [run = '', leftOut = ''] = stdout.split(/^Left out: /m);
    expect(run)
      .to.match(/^ *[1-9]\d* passing/m)
      .and.not.include('qpdf');
    expect(leftOut.trim().split('\n')).to.have.length(1);
    expect(leftOut)
      .to.include('apt-get install qpdf')
      .and.include('test/proof/open-badges/files/saved-again.test.ts');
  });
});
