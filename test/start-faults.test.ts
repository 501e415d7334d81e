import { expect } from 'chai';
import { CannotStart, loadConfig } from '../server/config.js';
import { asCannotStart } from '../server/start-faults.js';

const config = (url: string) =>
  loadConfig({ DATA_DIR: '/tmp', SECRET_KEY: '07'.repeat(32), DATABASE_URL: url }, { create: false });

describe('what prevents a start', () => {
  const coded = (code: string, more: object = {}) => Object.assign(new Error('no'), { code, ...more });
  const told = (fault: unknown, url = 'postgres://me:secret@db.example/training') =>
    asCannotStart(fault, config(url));

  it('is one sentence that names the place and the code, and never a password', () => {
    for (const code of ['ENOSPC', 'EACCES', 'EIO', 'ECONNREFUSED', '28P01', '3D000', '53300', 'EADDRINUSE']) {
      const sentence = told(coded(code))?.message ?? '';
      expect(sentence, code).to.include(`(${code})`).and.not.include('secret');
      expect(sentence.trim().split('\n')).to.have.lengthOf(1);
    }
    expect(told(coded('ENOSPC', { path: '/srv/data/published' }))?.message).to.include('/srv/data/published');
    expect(told(coded('SQLITE_FULL'), 'sqlite:/srv/a.sqlite')?.message).to.include('/srv/a.sqlite');
  });

  it('is found behind the errors that wrap it', () => {
    const wrapped = new Error('SequelizeConnectionError', { cause: coded('ECONNREFUSED') });
    expect(told(Object.assign(new Error('outer'), { parent: wrapped }))?.message).to.include('ECONNREFUSED');
  });

  it('is a fault of ours, with its stack, where nobody knows what to do', () => {
    expect(told(new Error('surprise'))).to.equal(null);
    expect(told(coded('ERR_ASSERTION'))).to.equal(null);
    expect(asCannotStart(coded('ECONNREFUSED'), null)).to.equal(null);
  });

  it('stays what it is where we said it ourselves', () => {
    const own = new CannotStart('Set it.', 2);
    expect(told(own)).to.equal(own);
  });
});
