import {
  bringCertificate,
  type BroughtFacts,
} from '../../../../server/proof/certificates/elsewhere/bring.js';
import {
  decideCourse,
  endElsewhere,
  refuseElsewhere,
} from '../../../../server/proof/certificates/elsewhere/decide.js';
import { elsewhereOfMember } from '../../../../server/proof/certificates/elsewhere/stored-elsewhere.js';
import { employer, linked, member } from '../../../support/organisations.js';
import { dina, signedIn } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { COURSE } from '../../../support/walk.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, send, type Scene } from '../scene.js';

const file = (sha256: string, title: string): BroughtFacts => ({
  ...{ way: 'file', issuer: 'did:web:other.example', issuerName: 'Other Academy', title },
  ...{ achievement: 'https://other.example/a/1', holderName: 'M. Lind', number: null, sha256 },
  ...{ completedOn: '2026-03-03', lastDay: '2026-12-31' },
  ...{ statusUrl: 'https://other.example/status/1', statusIndex: 7 },
});

const paper: BroughtFacts = {
  ...file('', 'Sensibilisierung für Beschäftigte im Personenverkehr'),
  ...{ way: 'paper', sha256: null, holderName: null, number: 'A-17', lastDay: null },
  ...{ statusUrl: null, statusIndex: null },
};

/** Certificates from elsewhere in each state, for their holder, who manages them and who decides. */
export async function elsewhereScenes(): Promise<Scene[]> {
  const organisation = await employer();
  const [by, holder, manager] = [await dina(), await signedIn({ name: 'Mara Lind' }), await signedIn()];
  await appoint(manager, 'manager', organisation.id);
  const membershipId = await member(organisation, { name: 'Mara Lind' });
  await linked(membershipId, holder.id);
  const whose = { organisation, membershipId, userId: holder.id, name: 'Mara Lind', now: Date.now() };
  const at = { organisation, actorId: by.id, now: Date.now() };
  const bring = async (facts: BroughtFacts): Promise<string> => {
    await bringCertificate(facts, { ...whose, actorId: manager.id });
    return (await elsewhereOfMember(membershipId)).find(({ state }) => state === 'waiting')?.id ?? '';
  };
  const counted = await bring(file('1', 'Awareness, counted'));
  await decideCourse(counted, COURSE, at);
  const ended = await bring(file('2', 'Awareness, ended'));
  await decideCourse(ended, COURSE, at);
  await endElsewhere(ended, { endedOn: '2026-06-01', reason: 'Their register says so' }, at);
  const revoked = await bring(file('5', 'Awareness, revoked'));
  await decideCourse(revoked, COURSE, at);
  await write(
    "update certificates_elsewhere set status_said = 'revoked', status_asked_at = entered_at where id = $1",
    [revoked],
  );
  await refuseElsewhere(await bring(file('3', 'Awareness, refused')), 'It is of somebody else', at);
  const waiting = await bring(file('4', 'Awareness, waiting'));
  const own = await member(organisation, { name: 'Ben Okafor' });
  await bringCertificate(paper, { ...whose, membershipId: own, userId: null, actorId: by.id });
  const ownPaper = (await elsewhereOfMember(own))[0]?.id ?? '';
  const home = `/organisations/${organisation.id}/people/${membershipId}/elsewhere`;
  const list = `/organisations/${organisation.id}/evidence/elsewhere`;
  const [see, seen, mine] = [seenBy(by.browser), seenBy(manager.browser), seenBy(holder.browser)];
  const decision = `${list}/${waiting}/decision`;
  const ending = `${list}/${counted}/ending`;
  return [
    mine('elsewhere-own', '/certificates/elsewhere?done=elsewhere-brought'),
    mine('elsewhere-own-wrong', '/certificates/elsewhere', send),
    seenBy((await signedIn()).browser)('elsewhere-own-none', '/certificates/elsewhere'),
    seenBy((await signedIn({ cameAlone: false })).browser)(
      'elsewhere-own-nowhere',
      '/certificates/elsewhere',
    ),
    seen('elsewhere-person', home),
    seen('elsewhere-person-wrong', home, send),
    seen('elsewhere-paper', `${home}/paper`),
    seen(
      'elsewhere-paper-wrong',
      `${home}/paper`,
      refused(`${home}/paper`, { title: 'Awareness', number: '' }),
    ),
    see('elsewhere-list', list),
    see('elsewhere-list-none', `/organisations/${await otherOrganisation()}/evidence/elsewhere`),
    see('elsewhere-waiting', `${list}/${waiting}`),
    see(
      'elsewhere-decision-wrong',
      `${list}/${waiting}`,
      refused(decision, { reason: 'no', decision: 'refuse' }),
    ),
    see('elsewhere-counted', `${list}/${counted}`),
    see('elsewhere-ending-wrong', `${list}/${counted}`, refused(ending, { ending: 'revoked', why: 'no' })),
    see('elsewhere-found-revoked', `${list}/${revoked}`),
    see('elsewhere-ended', `${list}/${ended}`),
    see('elsewhere-own-paper', `${list}/${ownPaper}`),
  ];
}
