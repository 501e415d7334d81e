import { expect } from 'chai';
import { newestNameRequest } from '../../../../../server/proof/certificates/holder/name-corrections.js';
import { reissueAfterCompromise } from '../../../../../server/proof/certificates/lifecycle/reissue-after-compromise.js';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import { recentActors } from '../../../../../server/people/accounts/people.js';
import { enrol, type CycleFacts } from '../../../../../server/teaching/learning/enrolments.js';
import { confirmedName } from '../../../../../server/teaching/learning/naming.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import {
  NOT_COMPARED,
  UNCHECKED,
  buildCredential,
} from '../../../../../server/proof/open-badges/credential.js';
import { readSigned } from '../../../../../server/proof/open-badges/signed-facts.js';
import { signCredential } from '../../../../../server/proof/open-badges/sign.js';
import {
  openOrganisation,
  type OrganisationFacts,
} from '../../../../../server/people/organisations/memberships.js';
import { changeMember } from '../../../../../server/people/organisations/people/members.js';
import { codeOf, joined, memberWith } from '../../../../people/organisations/joining/of-codes.js';
import { enterAnew, sealAnew, signedInHolder } from '../../../../support/holders.js';
import { bySystem, employer, linked, member, TODAY } from '../../../../support/organisations.js';
import { plain, send } from '../../../../support/pages.js';
import { signedIn, type Person } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { row, write } from '../../../../support/rows.js';
import { almostThrough, course, takeQuiz } from '../../../../support/walk.js';
import { ownWorld, world } from '../../../../support/world.js';

/** Somebody on the list of an employer, by the name that it gave, whose account says what they typed. */
async function employed(given: string, typed: string) {
  const [organisation, learner] = [await employer(), await signedIn({ name: typed, cameAlone: false })];
  const membershipId = await member(organisation, { name: given });
  await linked(membershipId, learner.id);
  recentActors().remove(learner.id);
  return { organisation, learner, membershipId };
}

/** A cycle in an organisation of which all is done but the final. */
async function beforeTheFinal({ id: userId }: Pick<Person, 'id'>, { id: organisationId }: { id: string }) {
  const cycle = await enrol({ userId, organisationId, course: await course(), now: Date.now() });
  await almostThrough(cycle, ['final']);
  return cycle;
}

const confirm = ({ browser }: Pick<Person, 'browser'>, { id }: CycleFacts, name: string) =>
  send(browser, `/learning/${id}/name`, { act: 'confirm', name, shown: name });

/** The certificate of a cycle that is finished now. */
async function finished(cycle: CycleFacts) {
  await takeQuiz(cycle, 'final');
  await world().worker.drain();
  const certificate = await certificateOf(cycle.id);
  if (!certificate?.credential) throw new Error('No certificate was issued');
  return certificate;
}

/** Somebody finishes under a name: who vouches for it, and what strangers read. */
async function stated(learner: Person, organisation: OrganisationFacts, name: string) {
  const cycle = await beforeTheFinal(learner, organisation);
  await confirm(learner, cycle, name);
  const certificate = await finished(cycle);
  const page = await world()
    .visitor()
    .get(`/verify/${displayCode(certificate.code)}`);
  return { assurance: certificate.facts.assurance, cycle, certificate, words: plain(page.text) };
}

const rename = ({ organisation, membershipId }: Awaited<ReturnType<typeof employed>>, name: string) =>
  changeMember(
    { organisation, membershipId, fromDay: TODAY, ...bySystem() },
    { person: { name, email: null, staffNumber: null } },
  );

describe('who stated the name on a certificate', () => {
  ownWorld();

  it('is the employer where its list has the name: case, accents and the order of the words aside', async () => {
    const { organisation, learner } = await employed('Müller, Anna', 'Anna Muller');
    const { assurance, certificate, words } = await stated(learner, organisation, 'Anna Muller');
    expect(assurance).to.equal('listed');
    const { narrative } = readSigned(certificate.credential ?? '');
    expect(narrative).to.include('employer’s list');
    expect(words).to.include(narrative);
  });

  it('is the holder where the list has another name', async () => {
    const { organisation, learner } = await employed('Anna Müller', 'Björn Berger');
    const { assurance, words } = await stated(learner, organisation, 'Björn Berger');
    expect(assurance).to.equal('holder');
    expect(words).to.include('The holder gave this name').and.not.include('employer’s list');
  });

  it('is the holder where somebody joined with a code, and the employer gave no name', async () => {
    const organisation = await employer();
    const { browser, email } = await joined(await codeOf(organisation.id), {
      person: { name: 'Madeup Name', email: 'made-up@example.org' },
    });
    expect(await memberWith(organisation.id, email)).not.to.equal(null);
    const account = await row<{ id: string }>('select id from users where email = $1', [email]);
    const learner = { id: account?.id ?? '', browser } as Person;
    const { assurance, words } = await stated(learner, organisation, 'Madeup Name');
    expect(assurance).to.equal('holder');
    expect(words).not.to.include('by the employer');
  });

  it('is the holder in the open organisation, which employs nobody', async () => {
    const learner = await signedIn({ name: 'Ada Marlow' });
    const open = await openOrganisation();
    await write(
      `insert into membership_people (membership_id, organisation_id, name)
       select id, organisation_id, 'Ada Marlow' from memberships where user_id = $1`,
      [learner.id],
    );
    expect((await stated(learner, open, 'Ada Marlow')).assurance).to.equal('holder');
  });

  it('is fixed when the name is confirmed, and found out again when it is confirmed again', async () => {
    const somebody = await employed('Anna Müller', 'Björn Berger');
    const cycle = await beforeTheFinal(somebody.learner, somebody.organisation);
    await confirm(somebody.learner, cycle, 'Björn Berger');
    await rename(somebody, 'Björn Berger');
    expect((await confirmedName(cycle.id))?.assurance).to.equal('holder');
    await confirm(somebody.learner, cycle, 'Björn Berger');
    await rename(somebody, 'Anna Müller');
    expect((await finished(cycle)).facts.assurance).to.equal('listed');
  });

  it('is said to the learner beforehand, with the name on the list where it is another one', async () => {
    const { organisation, learner } = await employed('Anna Müller', 'Björn Berger');
    const cycle = await beforeTheFinal(learner, organisation);
    const words = plain((await learner.browser.get(`/learning/${cycle.id}/name`)).text);
    expect(words).to.include('Anna Müller').and.include('Björn Berger');
  });

  it('is the holder with an approval after a manager approved another name, also on the next certificate', async () => {
    const { organisation, learner } = await employed('Anna Müller', 'Anna Müller');
    const { certificate, cycle } = await stated(learner, organisation, 'Anna Müller');
    const manager = await signedIn({ name: 'Ben Okafor', cameAlone: false });
    await appoint(manager, 'manager', organisation.id);
    const asked = `/certificates/${certificate.id}/name-request`;
    await learner.browser.get(asked);
    await learner.browser.submit(asked, { name: 'Anna Berger', why: 'I married' });
    const request = await newestNameRequest(cycle.id);
    await send(manager.browser, `/name-requests/${request?.id}/approval`, {});
    await world().worker.drain();
    const corrected = await certificateOf(cycle.id);
    expect(corrected?.facts).to.include({ name: 'Anna Berger', assurance: 'approved' });
    expect(readSigned(corrected?.credential ?? '').narrative).to.include('approved');
    const page = await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`);
    expect(plain(page.text)).not.to.include('stated by the employer');
    await write('update cycles set completed_at = 1 where id = $1', [cycle.id]);
    const next = await beforeTheFinal(learner, await employedAgain(organisation, learner));
    await confirm(learner, next, 'Anna Berger');
    expect((await confirmedName(next.id))?.assurance).to.equal('approved');
  });
});

/** The same place, for another course of it: its enrolment is another one. */
async function employedAgain(organisation: OrganisationFacts, { id }: Pick<Person, 'id'>) {
  await write(`update enrolments set course_slug = 'taken-before' where user_id = $1`, [id]);
  return organisation;
}

describe('a certificate that was signed before names were compared', () => {
  ownWorld();

  /** One whose signed text says what nobody had checked. */
  async function unchecked() {
    const { certificate, cycle } = await signedInHolder();
    const facts = { ...certificate.facts, assurance: 'employer' as const };
    const credential = buildCredential(facts);
    credential.credentialSubject.narrative = credential.credentialSubject.narrative.replace(
      NOT_COMPARED,
      UNCHECKED,
    );
    const { text, sha256 } = await signCredential({ ...world().issuer, credential, now: Date.now() });
    await write('update certificates set facts = $1, credential = $2, sha256 = $3 where id = $4', [
      JSON.stringify(facts),
      text,
      sha256,
      certificate.id,
    ]);
    await enterAnew(certificate.id);
    await sealAnew(certificate.id);
    expect(text).to.include(UNCHECKED);
    return { certificate, cycle, text };
  }

  it('keeps its signed words, and our pages say no more than was checked', async () => {
    const { certificate, text } = await unchecked();
    const page = await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`);
    expect(page.text).to.include('data-verdict="valid"');
    expect(plain(page.text)).to.include(NOT_COMPARED).and.not.include(UNCHECKED);
    expect((await certificateOf(certificate.cycleId))?.credential).to.equal(text);
  });

  it('is signed anew with the true words, and not with the old ones', async () => {
    const { certificate, cycle } = await unchecked();
    const key = await row<{ key: string }>('select key_id as key from certificates where id = $1', [
      certificate.id,
    ]);
    await reissueAfterCompromise(key?.key ?? '', Date.now());
    await world().worker.drain();
    const anew = await certificateOf(cycle.id);
    expect(anew?.id).not.to.equal(certificate.id);
    expect(anew?.credential).to.include(NOT_COMPARED).and.not.include(UNCHECKED);
  });
});
