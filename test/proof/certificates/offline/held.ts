import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { generateKeyPair } from '../../../../server/proof/open-badges/issuer-key.js';
import { projectRoot } from '../../../../server/config.js';
import { dina } from '../../../support/people.js';
import { expire, holder } from '../../../support/holders.js';
import { row } from '../../../support/rows.js';
import { world } from '../../../support/world.js';

/** Builds the program and the page in a folder, from the sources as they are now. */
export function buildOffline(folder: string): { program: string; page: string } {
  execFileSync(process.execPath, [join(projectRoot, 'server/proof/certificates/offline/build.mjs'), folder]);
  const built = (name: string) => join(folder, `safe-passage-verify.${name}`);
  return { program: built('mjs'), page: built('html') };
}

/** What an auditor has in a folder: the program, the page, and files by their names. */
export interface Held {
  readonly program: string;
  readonly page: string;
  readonly key: string;
  path(name: string): string;
  write(name: string, content: string | Uint8Array): string;
  close(): void;
}

/**
 * A valid certificate as `good.json`, `.pdf`, `.png` and `.svg`; `altered.json`, `expired.json`, `revoked.json`;
 * the issuer's `did.json`, and `wrong.json` with another key; the newest status list, `list.json`.
 */
export async function held(): Promise<Held> {
  const folder = mkdtempSync(join(tmpdir(), 'held-'));
  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content);
    return path(name);
  };
  const { certificate } = await holder();
  const [old, bad] = [(await holder()).certificate, (await holder()).certificate];
  const admin = await dina();
  await expire(old);
  await revoke(bad, { reason: 'not-earned', note: null }, { actorId: admin.id, now: Date.now() });
  await world().worker.drain();
  const bytes = (name: string) => admin.browser.bytes(name);
  for (const [name, file] of Object.entries({ pdf: 'certificate.pdf', png: 'badge.png', svg: 'badge.svg' }))
    write(`good.${name}`, await bytes(`/certificates/${certificate.id}/${file}`));
  write('good.json', certificate.credential);
  write('altered.json', certificate.credential.replace('Ada Marlow', 'Eve Marlow'));
  write('expired.json', await credentialOf(old));
  write('revoked.json', bad.credential);
  const did = (await bytes('/.well-known/did.json')).toString();
  const key = world().issuer.keyId;
  write('did.json', did);
  write('wrong.json', did.replaceAll(key, (await generateKeyPair()).keyId));
  write('list.json', await bytes(`/status/revocation/${certificate.facts.statusList.id}`));
  const built = buildOffline(folder);
  return { ...built, key, path, write, close: () => rmSync(folder, { recursive: true, force: true }) };
}

const credentialOf = async ({ id }: CertificateFacts): Promise<string> =>
  (await row<{ credential: string }>('select credential from certificates where id = $1', [id]))
    ?.credential ?? '';
