import { expect } from 'chai';
import { askStatuses } from '../../../../server/proof/certificates/elsewhere/ask-statuses.js';
import {
  bringCertificate,
  type BroughtFacts,
} from '../../../../server/proof/certificates/elsewhere/bring.js';
import { elsewhereOfMember } from '../../../../server/proof/certificates/elsewhere/stored-elsewhere.js';
import { examineFile } from '../../../../server/proof/open-badges/files/examine.js';
import { didDocument } from '../../../../server/proof/open-badges/did.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { employer, member } from '../../../support/organisations.js';
import { signedIn } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { AWARDED, BASE_URL, DID, issue, keyFrom, LATER, list, trusting } from '../../open-badges/sample.js';

const LIST = `${BASE_URL}/status/revocation/1`;

/** A file of the other issuer was handed in, whose place in its list is `index`. */
async function brought(index: number, facts: Partial<BroughtFacts> = {}) {
  const [organisation, manager] = [await employer(), await signedIn()];
  const membershipId = await member(organisation, { name: 'Mara Lind' });
  const said = {
    ...{ way: 'file' as const, issuer: DID, issuerName: 'Other', achievement: 'a', title: 'Awareness' },
    ...{ holderName: 'Mara Lind', number: null, completedOn: '2026-03-03', lastDay: null, sha256: newId() },
    ...{ statusUrl: LIST, statusIndex: index },
  };
  const whose = { organisation, membershipId, userId: null, name: 'Mara Lind', now: LATER };
  await bringCertificate({ ...said, ...facts }, { ...whose, actorId: manager.id });
  return async () => (await elsewhereOfMember(membershipId))[0];
}

describe('the status of certificates from elsewhere', () => {
  ownWorld();

  const asking = async (answer: () => Promise<string>) => {
    const asked: string[] = [];
    const fetchText = (url: string) => (asked.push(url), answer());
    const found = await askStatuses({ others: [trusting(await keyFrom('issuer'))], fetchText, now: LATER });
    return { found, asked };
  };

  it('is where a signed file says it is', async () => {
    const { text } = await issue(await keyFrom('issuer'));
    const ours = didDocument({ baseUrl: 'https://here.example', keys: [] });
    const others = [trusting(await keyFrom('issuer'))];
    const examined = await examineFile({ file: Buffer.from(text), ours, others, now: LATER });
    const claims = examined.kind === 'other' && examined.state === 'holds' ? examined.claims : null;
    expect(claims?.status).to.deep.equal({ url: LIST, index: 4711 });
  });

  it('is asked of the issuer’s own list, once, and a revocation stands in the log', async () => {
    const [good, revoked] = [await brought(1), await brought(4711)];
    const outside = await brought(4711, { statusUrl: 'https://elsewhere.example/1' });
    const signed = await list(await keyFrom('issuer'), [4711], AWARDED + 1);
    for (let at = 0; at < 2; at += 1) {
      const { found, asked } = await asking(() => Promise.resolve(signed));
      expect(found).to.deep.equal({ good: 1, revoked: 1, unread: 0, outside: 1 });
      expect(asked).to.deep.equal([LIST]);
    }
    const said = [(await good())?.statusSaid, (await revoked())?.statusSaid, (await outside())?.statusSaid];
    expect(said).to.deep.equal(['good', 'revoked', null]);
    expect(await count("events where name = 'elsewhere.found-revoked'")).to.equal(1);
  });

  it('is not known where the list cannot be fetched, or somebody else signed it', async () => {
    const forged = await list(await keyFrom('somebody else'), []);
    for (const answer of [() => Promise.reject(new Error('away')), () => Promise.resolve(forged)])
      expect((await asking(answer)).found).to.deep.equal({ good: 0, revoked: 0, unread: 2, outside: 1 });
  });
});
