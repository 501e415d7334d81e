import { expect } from 'chai';
import {
  fingerprintOf,
  readManifest,
  refusalOf,
  type Manifest,
} from '../../../server/workshop/backup/manifest.js';
import { CannotStart } from '../../../server/config.js';

const SECRET = Buffer.alloc(32, 7);

const manifest: Manifest = {
  format: 1,
  program: '0.1.0',
  takenAt: '2026-11-27T10:00:00.000Z',
  dialect: 'sqlite',
  baseUrl: 'https://training.example',
  secretKeyFingerprint: fingerprintOf(SECRET),
  migrations: ['1-one', '2-two'],
  parts: [{ name: 'published/list-1.json', size: 1, sha256: 'a'.repeat(64) }],
};
const here = {
  dialect: 'sqlite' as const,
  fingerprint: fingerprintOf(SECRET),
  migrations: ['1-one', '2-two', '3-three'],
};

describe('the manifest of a backup', () => {
  it('is accepted by the same program or a later one, with the same secret', () => {
    expect(refusalOf(manifest, here)).to.equal(null);
  });

  it('is refused with another secret, another kind of database, or an older program', () => {
    const other = fingerprintOf(Buffer.alloc(32, 8));
    expect(refusalOf(manifest, { ...here, fingerprint: other })).to.include(fingerprintOf(SECRET));
    expect(refusalOf(manifest, { ...here, dialect: 'postgres' })).to.include('DATABASE_URL');
    expect(refusalOf(manifest, { ...here, migrations: ['1-one'] })).to.include('2-two');
    expect(refusalOf({ ...manifest, format: 3 }, here)).to.include('newer program');
  });

  it('reveals nothing of the secret', () => {
    expect(fingerprintOf(SECRET)).to.match(/^[0-9a-f]{16}$/);
    expect(SECRET.toString('hex')).to.not.include(fingerprintOf(SECRET));
  });

  it('is read as it was written, and nothing else is accepted as one', () => {
    expect(readManifest(JSON.stringify(manifest))).to.deep.equal(manifest);
    const sealed = { ...manifest, parts: [{ ...manifest.parts[0], name: 'sealed/a-b.sealed' }] };
    expect(readManifest(JSON.stringify(sealed))).to.deep.equal(sealed);
    const outside = { ...manifest, parts: [{ ...manifest.parts[0], name: '../../etc/passwd.json' }] };
    for (const text of ['', '{}', 'null', JSON.stringify(outside)])
      expect(() => readManifest(text)).to.throw(CannotStart);
  });
});
