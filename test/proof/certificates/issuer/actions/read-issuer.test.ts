import { expect } from 'chai';
import { signHead } from '../../../../../server/proof/certificates/ledger/signed-heads.js';
import { revoke } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import { signList } from '../../../../../server/proof/certificates/status-lists/status-lists.js';
import { readSignedJson } from '../../../../../server/proof/open-badges/signed-json.js';
import { person } from '../../../../support/people.js';
import { count } from '../../../../support/rows.js';
import { course } from '../../../../support/walk.js';
import { holder } from '../../../../support/holders.js';
import { plain } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';
import { likeSaid } from '../../pages.js';

const read = async (path: string, headers: Record<string, string> = {}) => {
  const page = await world().visitor().get(path, headers);
  return { ...page, json: page.text ? (JSON.parse(page.text) as Record<string, unknown>) : null };
};

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('what machines read about the issuer', () => {
  ownWorld();

  it('the DID document names the key in use, and contains no private key', async () => {
    const { status, json, text, headers } = await read('/.well-known/did.json', { accept: '*/*' });
    expect(status).to.equal(200);
    expect(json).to.deep.equal(world().issuer.document);
    expect(text)
      .to.include(world().issuer.keyId)
      .and.not.match(/private|secret/i);
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('content-type')).to.match(/^application\/did\+json/);
    expect(headers.get('cache-control')).to.match(/^public, max-age=\d+$/);
  });

  it('the DID document has the key that signed each certificate', async () => {
    const { certificate } = await holder();
    const { json } = await read('/.well-known/did.json', { accept: '*/*' });
    const proofs = (JSON.parse(certificate.credential) as { proof: { verificationMethod: string }[] }).proof;
    for (const { verificationMethod } of proofs) expect(json?.assertionMethod).to.include(verificationMethod);
  });

  it('the profile', async () => {
    const { json, headers } = await read('/issuer', { accept: '*/*' });
    expect(json).to.include({ id: world().issuer.did, name: 'Test Passage', url: `${world().base}/issuer` });
    expect(headers.get('access-control-allow-origin')).to.equal('*');
  });

  it('the achievement of a certificate, exactly as the certificate states it', async () => {
    const { certificate } = await holder();
    const credential = JSON.parse(certificate.credential) as {
      credentialSubject: { achievement: { id: string } };
    };
    const { achievement } = credential.credentialSubject;
    const { json, headers } = await read(new URL(achievement.id).pathname, { accept: '*/*' });
    const { creator, ...described } = json ?? {};
    expect(described).to.deep.equal(achievement);
    expect(creator).to.include({ id: world().issuer.did });
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('vary')).to.include('Accept');
  });

  it('a page of each for people who follow the address from a wallet', async () => {
    const { certificate } = await holder();
    const { slug, number, snapshot } = await course();
    const page = await world().visitor().get(`/achievements/${slug}/v${number}`, { accept: BROWSER });
    expect(page.status).to.equal(200);
    expect(page.headers.get('content-type')).to.include('text/html');
    expect(page.headers.get('cache-control')).to.equal('no-store');
    const text = plain(page.text);
    expect(text).to.include(plain(snapshot.criteria)).and.include(said('achievement.notApproved'));
    // No question of the built-in courses has been judged by a panel.
    expect(page.text).to.include('data-provisional');
    for (const { name } of snapshot.supports ?? []) expect(text).to.include(plain(name));
    for (const { id, title } of certificate.facts.modules) {
      const asked = quizOf(snapshot, id);
      expect(text).to.include(
        `${plain(title)} ${said('achievement.needed', { count: asked?.draw ?? 0, pass: asked?.pass ?? 0 })}`,
      );
    }
    expect(text).to.include(plain(snapshot.certificate?.subject ?? 'no subject'));
    expect(text).to.include(plain(snapshot.certificate?.showed ?? 'nothing assessed'));
    expect(text).to.not.include(plain(snapshot.summary));
    const issuer = plain((await world().visitor().get('/issuer', { accept: BROWSER })).text);
    expect(issuer).to.include(world().issuer.did).and.match(likeSaid('issuer.inUse', 'date'));
    expect(issuer.replace(/ /g, '')).to.include(world().issuer.keyId);
  });

  it('returns 404 for an achievement that does not exist', async () => {
    const { slug, number } = await course();
    for (const path of [
      `${slug}/v${number + 1}`,
      `${slug}/v0`,
      `${slug}/vv1`,
      `${slug}/v01`,
      'nothing/v1',
      `${slug}/v1e0`,
    ]) {
      expect((await read(`/achievements/${path}`, { accept: 'application/json' })).status, path).to.equal(
        404,
      );
    }
  });

  it('the signed heads of the ledger: the newest, and each by its number', async () => {
    const { certificate } = await holder();
    const { issuer } = world();
    await signHead(issuer, Date.now());
    const { text, json, headers } = await read('/ledger/head', { accept: '*/*' });
    expect(json?.ledger).to.deep.equal({ seq: certificate.ledgerSeq, hash: certificate.ledgerHead });
    expect(await readSignedJson(text, issuer.document)).to.deep.equal(json);
    const tampered = text.replace(
      `"seq":${certificate.ledgerSeq}`,
      `"seq":${(certificate.ledgerSeq ?? 0) + 1}`,
    );
    expect(await readSignedJson(tampered, issuer.document)).to.equal('bad-signature');
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    const archived = await read(`/ledger/heads/${String(json?.number)}`, { accept: '*/*' });
    expect(archived.text).to.equal(text);
    expect(archived.headers.get('cache-control')).to.include('immutable');
    for (const none of [Number(json?.number) + 1, 0, 'x'])
      expect((await read(`/ledger/heads/${none}`, { accept: 'application/json' })).status).to.equal(404);
  });

  describe('a status list', () => {
    const address = async () => {
      const { certificate } = await holder();
      return { certificate, path: `/status/revocation/${certificate.facts.statusList.id}` };
    };

    it('is public, open to other origins, and cached only briefly', async () => {
      const { path } = await address();
      const { status, json, headers } = await read(path, { accept: '*/*' });
      expect(status).to.equal(200);
      expect(json?.id).to.equal(`${world().base}${path}`);
      expect(headers.get('access-control-allow-origin')).to.equal('*');
      expect(headers.get('content-type')).to.match(/^application\/vc\+ld\+json/);
      expect(Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1])).to.be.within(1, 3600);
      expect(headers.getSetCookie()).to.deep.equal([]);
    });

    it('is not sent again to a client that has it, until it is signed again', async () => {
      const { certificate, path } = await address();
      const tag = (await read(path, { accept: '*/*' })).headers.get('etag') ?? '';
      expect(tag).to.match(/^"\w+"$/);
      const same = await read(path, { accept: '*/*', 'if-none-match': tag });
      expect([same.status, same.text]).to.deep.equal([304, '']);
      const admin = await person({ isAdministrator: true });
      await revoke(
        certificate,
        { reason: 'issued-in-error', note: null },
        { actorId: admin.id, now: Date.now() },
      );
      await world().worker.drain();
      const anew = await read(path, { accept: '*/*', 'if-none-match': tag });
      expect(anew.status).to.equal(200);
      expect(anew.headers.get('etag')).to.not.equal(tag);
    });

    it('is kept in every version, and each names the one before', async () => {
      const { certificate, path } = await address();
      const { issuer } = world();
      const listId = certificate.facts.statusList.id;
      const before = await signList(listId, issuer, Date.now());
      const after = await signList(listId, issuer, Date.now());
      const { headers } = await read(path, { accept: '*/*' });
      expect(headers.get('link')).to.include(`${path}/versions/${after.number}>; rel="version-history"`);
      for (const { number, content, previousSha256 } of [before, after]) {
        const version = await read(`${path}/versions/${number}`, { accept: '*/*' });
        expect(version.text).to.equal(content);
        expect(version.headers.get('x-previous-sha-256')).to.equal(previousSha256);
        expect(version.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
        expect(version.headers.get('access-control-allow-origin')).to.equal('*');
      }
      expect(after.previousSha256).to.equal(before.sha256);
      for (const none of [after.number + 1, 0, -1, 'x', '1e0', 99_999_999_999])
        expect((await read(`${path}/versions/${none}`, { accept: 'application/json' })).status).to.equal(404);
    });

    it('is not created by a request', async () => {
      const before = await count('status_lists');
      for (const id of ['999', '0', '-1', '1e0', 'NaN', '99999999']) {
        expect((await read(`/status/revocation/${id}`, { accept: 'application/json' })).status, id).to.equal(
          404,
        );
      }
      expect(await count('status_lists')).to.equal(before);
    });
  });
});
