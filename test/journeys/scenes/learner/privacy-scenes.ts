import { askForExport } from '../../../../server/office/privacy/export/data-exports.js';
import {
  askForErasure,
  decideErasure,
  findErasure,
  refuseErasure,
} from '../../../../server/office/privacy/erasure/erasure-requests.js';
import { placeHold } from '../../../../server/office/privacy/erasure/legal-holds.js';
import { addMember, endEmployment } from '../../../../server/people/organisations/people/members.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { displayCode } from '../../../../server/platform/lib/ids.js';
import { expire, signedInHolder } from '../../../support/holders.js';
import { bySystem, employer, inDays, TODAY } from '../../../support/organisations.js';
import { dina, signedIn } from '../../../support/people.js';
import { refused } from '../../looks/look-refusal.js';
import { write } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { seenBy, type Scene } from '../scene.js';

const PAGE = '/account/data';

/** What somebody can do with all that is held of them: nothing asked for, a file that is being made, and one that is ready. */
export async function privacyScenes(): Promise<Scene[]> {
  const [idle, waiting, ready] = [await signedIn(), await signedIn(), await signedIn()];
  for (const { id } of [waiting, ready]) await askForExport(id, Date.now());
  await world().worker.drain();
  await write(`update data_exports set state = 'asked', expires_at = null where user_id = $1`, [waiting.id]);
  return [
    seenBy(idle.browser)('own-data', PAGE),
    seenBy(waiting.browser)('own-data-making', PAGE),
    seenBy(ready.browser)('own-data-ready', PAGE),
  ];
}

/** Requests to erase somebody, for those who decide, and those who ask for another person. */
export async function erasureScenes(): Promise<Scene[]> {
  const [administrator, { holder }, { holder: done, certificate }, ended, withdrawn] = [
    await dina(),
    await signedInHolder(),
    await signedInHolder('Bea Holm'),
    await signedInHolder('Eva Lund'),
    await signedInHolder('Ida Berg'),
  ];
  const by = { actorId: null, now: Date.now() };
  const of = (userId: string) => ({ userId, membershipId: null });
  const open = await askForErasure(of(holder.id), 'They wrote to us', by);
  const held = await askForErasure(of((await signedIn({ name: 'Cleo Brandt' })).id), '', by);
  await placeHold((await findErasure(held)) ?? of(''), 'A court asked', by);
  const stopped = await askForErasure(of((await signedIn({ name: 'Mina Dahl' })).id), '', by);
  await write(
    `update erasure_requests set state = 'decided', because = 'As they asked', steps_done = 1 where id = $1`,
    [stopped],
  );
  await placeHold((await findErasure(stopped)) ?? of(''), 'A court asked', by);
  const own = await askForErasure(of(administrator.id), '', { ...by, actorId: administrator.id });
  await expire(ended.certificate);
  await revoke(
    withdrawn.certificate,
    { reason: 'not-earned', note: null },
    { ...by, actorId: administrator.id },
  );
  await world().worker.drain();
  const erased = await askForErasure(of(done.id), '', by);
  await decideErasure(erased, 'As they asked', by);
  for (const { holder: other } of [ended, withdrawn])
    await decideErasure(await askForErasure(of(other.id), '', by), 'As they asked', by);
  await world().worker.drain();
  const page = (code: string) => `/verify/${displayCode(code)}`;
  const visitor = seenBy(null);
  const other = await signedIn({ name: 'Ida Lund' });
  await refuseErasure(await askForErasure(of(other.id), '', by), 'The contract still runs.', by);
  const { organisation, membershipId } = await leaver();
  const request = `/admin/erasures/${open}`;
  const see = seenBy(administrator.browser);
  const member = `/organisations/${organisation}/people/${membershipId}`;
  return [
    see('erasures', '/admin/erasures'),
    see('erasure-asked', request),
    see('erasure-wrong', request, refused(`${request}/decision`, { reason: '' })),
    see('erasure-hold-wrong', request, refused(`${request}/hold`, { holdReason: '' })),
    see('erasure-held', `/admin/erasures/${held}`),
    see('erasure-stopped', `/admin/erasures/${stopped}`),
    see('erasure-own', `/admin/erasures/${own}`),
    see('erasure-done', `/admin/erasures/${erased}`),
    see('erasure-for-another', `/admin/people/${other.id}/erasure`),
    see(
      'erasure-for-another-wrong',
      `/admin/people/${other.id}/erasure`,
      refused(`/admin/people/${other.id}/erasure`, { reason: '' }),
    ),
    visitor('verify-erased-issued', page(certificate.code)),
    visitor('verify-erased-ended', page(ended.certificate.code)),
    visitor('verify-erased-withdrawn', page(withdrawn.certificate.code)),
    see('person-left', member),
    see('erasure-for-member', `${member}/erasure`),
    see('erasure-for-member-wrong', `${member}/erasure`, refused(`${member}/erasure`, { reason: '' })),
    seenBy(holder.browser)('own-data-erasure-asked', PAGE),
    seenBy(other.browser)('own-data-erasure-wrong', PAGE, refused('/account/data/erasure', {})),
  ];
}

/** Somebody whom an organisation knows, and who has left. */
async function leaver(): Promise<{ organisation: string; membershipId: string }> {
  const organisation = await employer();
  const by = { organisation, ...bySystem() };
  const person = { name: 'Olga Berg', email: 'olga@example.org', staffNumber: '4711' };
  const added = await addMember({ ...by, fromDay: inDays(-10) }, { person });
  const membershipId = added.kind === 'changed' ? added.membershipId : '';
  await endEmployment({ ...by, membershipId, fromDay: TODAY });
  return { organisation: organisation.id, membershipId };
}
