import { dina, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { completed, holder } from '../../../support/holders.js';
import type { Scene } from '../scene.js';

/** Where audit packs and the page that checks offline are found. */
export async function auditScenes(): Promise<Scene[]> {
  const [administrator, manager] = [await dina(), await signedIn({ name: 'Ben Okafor' })];
  const { certificate } = await completed(manager, 'volunteers');
  await appoint(manager, 'manager');
  const { certificate: other } = await holder();
  return [
    { name: 'offline-check', path: '/verify/offline', as: null },
    { name: 'audit-manager', path: `/certificates/${certificate.id}`, as: manager.browser },
    { name: 'audit-admin', path: `/admin/certificates/${other.id}`, as: administrator.browser },
  ];
}
