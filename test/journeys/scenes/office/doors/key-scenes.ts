import { rotateKey } from '../../../../../server/proof/certificates/issuer/signing-keys.js';
import { suspend } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { supersede } from '../../../../../server/proof/certificates/lifecycle/supersede.js';
import { dina, person } from '../../../../support/people.js';
import { completed } from '../../../../support/holders.js';
import { world } from '../../../../support/world.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

const COURSE = 'volunteers';

/** The keys, the pages that ask before they change, and certificates that are suspended or took another's place. */
export async function keyScenes(): Promise<Scene[]> {
  const [administrator, held, other] = [await dina(), await person(), await person()];
  const by = { actorId: administrator.id, now: Date.now() };
  const before = world().issuer.keyId;
  await putAnotherInUse(before, by);
  const { certificate: paused } = await completed(held, COURSE);
  const { certificate: old } = await completed(other, COURSE);
  await suspend(paused, { reason: 'under-review', note: 'Asked by phone' }, by);
  const fresh = await supersede(old.id, { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' }, by);
  await world().worker.drain();
  const inUse = `/admin/keys/${world().issuer.keyId}`;
  const resting = `/admin/keys/${before}`;
  const office = seenBy(administrator.browser);
  return [
    office('admin-keys', '/admin/keys'),
    ...[`${inUse}/rotation`, `${resting}/retirement`, `${inUse}/compromise`].flatMap(path => {
      const name = `admin-key-${path.split('/').at(-1)}`;
      return [office(name, path), office(`${name}-wrong`, path, refused(path))];
    }),
    office('admin-suspended', `/admin/certificates/${paused.id}`),
    office('admin-replacing', `/admin/certificates/${fresh}`),
    office('ruling-suspension', `/certificates/${fresh}/suspension`),
    office('ruling-correction', `/certificates/${fresh}/correction`),
    office('ruling-revocation', `/certificates/${fresh}/revocation`),
    office('ruling-reinstatement', `/certificates/${paused.id}/reinstatement`),
    { name: 'verify-suspended', path: `/verify/${paused.code}`, as: null },
    { name: 'verify-replacing', path: `/verify/${old.code}`, as: null },
  ];
}

/** The key before it rests from then on: only such a key can be retired. */
async function putAnotherInUse(before: string, by: { actorId: string; now: number }): Promise<void> {
  const { base, secrets, issuer } = world();
  await rotateKey(before, { baseUrl: base, sealKey: secrets.issuerKeys }, by);
  await issuer.refresh();
}
