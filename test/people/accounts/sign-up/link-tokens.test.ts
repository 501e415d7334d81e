import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import {
  createToken,
  TOKEN_LIFETIME,
  isTokenValid,
  useToken,
} from '../../../../server/people/accounts/sign-up/link-tokens.js';
import { row } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { linkToken } from '../../../../server/platform/lib/tokens.js';
import { person } from '../../../support/people.js';
import { ownWorld } from '../../../support/world.js';

const key = Buffer.alloc(32, 9);
const now = Date.now();

async function newToken(purpose: 'confirm-address' | 'reset-password', userId: string, at = now) {
  const id = await inTransaction(() => createToken(purpose, userId, { key, now: at }));
  return { id, text: linkToken(key, id) };
}

const use = (purpose: 'confirm-address' | 'reset-password', text: string, at = now) =>
  inTransaction(() => useToken(purpose, text, at));

describe('the token of a link', () => {
  ownWorld();
  it('is valid for its purpose and time, and can be used once', async () => {
    const { id } = await person();
    const { text } = await newToken('reset-password', id);
    const last = now + TOKEN_LIFETIME['reset-password'] - 1;
    expect(await isTokenValid('reset-password', text, last)).to.equal(true);
    expect(await isTokenValid('reset-password', text, last + 1)).to.equal(false);
    expect(await isTokenValid('confirm-address', text, now)).to.equal(false);
    expect(await use('confirm-address', text)).to.equal(null);
    expect(await use('reset-password', text, last + 1)).to.equal(null);
    expect(await use('reset-password', text, last)).to.deep.equal({
      userId: id,
      course: null,
      invitation: null,
      joinCode: null,
    });
    expect(await use('reset-password', text, last)).to.equal(null);
    expect(await isTokenValid('reset-password', text, now)).to.equal(false);
  });

  it('is used by one of ten who try at the same moment', async () => {
    const { id } = await person();
    const { text } = await newToken('reset-password', id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => use('reset-password', text)));
    expect(answers.filter(answer => answer !== null)).to.deep.equal([
      { userId: id, course: null, invitation: null, joinCode: null },
    ]);
  });

  it('ends the earlier ones of its kind for the same person, and no others', async () => {
    const [one, other] = [await person(), await person()];
    const first = await newToken('confirm-address', one.id);
    const otherKind = await newToken('reset-password', one.id);
    const foreign = await newToken('confirm-address', other.id);
    const second = await newToken('confirm-address', one.id);
    expect(await isTokenValid('confirm-address', first.text, now)).to.equal(false);
    expect(await isTokenValid('confirm-address', second.text, now)).to.equal(true);
    expect(await isTokenValid('reset-password', otherKind.text, now)).to.equal(true);
    expect(await isTokenValid('confirm-address', foreign.text, now)).to.equal(true);
  });

  it('stays valid when its transaction fails', async () => {
    const { id } = await person();
    const { text } = await newToken('reset-password', id);
    const failed = await inTransaction(async () => {
      await useToken('reset-password', text, now);
      throw new Error('Something else failed');
    }).catch((fault: unknown) => fault);
    expect(failed).to.be.an.instanceOf(Error);
    expect(await isTokenValid('reset-password', text, now)).to.equal(true);
  });

  it('is not in the database, and its id is no token', async () => {
    const { id: userId } = await person();
    const { id, text } = await newToken('reset-password', userId);
    expect(JSON.stringify(await row('select * from tokens where id = $1', [id]))).not.to.include(text);
    expect(await use('reset-password', id)).to.equal(null);
    expect(await use('reset-password', linkToken(Buffer.alloc(32, 8), id))).to.equal(null);
    expect(await use('reset-password', randomUUID())).to.equal(null);
  });
});
