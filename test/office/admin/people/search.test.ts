import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { rename } from '../../../../server/people/accounts/people.js';
import { indexPeople, personWords, searchWords } from '../../../../server/people/accounts/search-words.js';
import { signUp } from '../../../../server/people/accounts/sign-up/registration.js';
import { findPeople, searchByWords } from '../../../../server/office/admin/people/search.js';
import { database } from '../../../../server/platform/db/connect.js';
import { rows, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { displayCode } from '../../../../server/platform/lib/ids.js';
import { person, PASSWORD } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

/** A word that nobody else has. */
const ownWord = () => `x${randomUUID().replaceAll('-', '')}`;
const found = async (query: string) => (await findPeople(query, '', 50)).map(({ id }) => id);

describe('the words of a person', () => {
  it('are those of the name, with and without its apostrophes, and of the address', () => {
    expect(personWords({ name: 'Zoë O’Brien', email: 'z.ob@example.org' })).to.have.members([
      'z.ob@example.org',
      'zoe',
      'o',
      'brien',
      'obrien',
      'z',
      'ob',
    ]);
  });

  it('that a search asks for: the longest first, each once, an address whole', () => {
    expect(searchWords(' Ö  O’Brien ö ADA@Example.org ')).to.deep.equal(['ada@example.org', 'obrien', 'o']);
    expect(searchWords(' – ')).to.deep.equal([]);
  });
});

describe('finding a person', () => {
  ownWorld();
  it('works by the beginning of any word of the name, without accents and in any case', async () => {
    const [own, other] = [ownWord(), ownWord()];
    const { id } = await person({ name: `Łukasz Müller-${own}` });
    await person({ name: `Łukasz ${other}` });
    for (const query of [
      own,
      own.toUpperCase(),
      own.slice(0, 20),
      `MULLER ${own}`,
      `müll ${own}`,
      `luk mul ${own}`,
    ])
      expect(await found(query), query).to.deep.equal([id]);
    for (const query of [`${own} ${other}`, `uller ${own}`, own.slice(1)])
      expect(await found(query), query).to.not.include(id);
  });

  it('works by the beginning of the address', async () => {
    const { id, email } = await person();
    for (const query of [email, email.slice(0, 25), ` ${email.toUpperCase()} `])
      expect(await found(query), query).to.deep.equal([id]);
  });

  it('works by the number of a certificate, or its beginning, however it is written', async () => {
    const { certificate } = await holder();
    const { code, userId } = certificate;
    for (const query of [code, displayCode(code), code.toLowerCase(), displayCode(code).slice(0, 12)])
      expect(await found(query), query).to.include(userId);
    expect(await found(`${code}0`)).to.deep.equal([]);
  });

  it('finds a new person and a new name at once', async () => {
    const [own, next] = [ownWord(), ownWord()];
    const email = `${randomUUID()}@example.org`;
    await signUp(
      { name: `Ada ${own}`, email, password: PASSWORD },
      { key: world().secrets.links, now: Date.now(), mayMail: true },
    );
    const [id = ''] = await found(own);
    await rename(id, `Ada ${next}`, Date.now());
    expect(await found(own)).to.deep.equal([]);
    expect(await found(next)).to.deep.equal([id]);
  });

  it('finds people of an older installation once their words are indexed', async () => {
    const own = ownWord();
    const { id } = await person({ name: own });
    await write('delete from person_words where user_id = $1', [id]);
    await write('update users set words_due = $1 where id = $2', [true, id]);
    expect(await found(own)).to.deep.equal([]);
    expect(await indexPeople()).to.be.at.least(1);
    expect(await found(own)).to.deep.equal([id]);
    expect(await count('users where words_due')).to.equal(0);
  });

  it('pages through all that were found, each once and in one order, even where two words of one person match', async () => {
    const own = ownWord();
    const made = [];
    for (let n = 0; n < 7; n += 1) made.push((await person({ name: `${own} ${own}${n % 2}` })).id);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const page = await findPeople(own, after, 3);
      seen.push(...page.map(({ id }) => id));
      if (page.length < 3) break;
      after = page.at(-1)?.next ?? '';
    }
    expect(seen).to.have.members(made).and.to.have.length(made.length);
    expect(await found(own)).to.deep.equal(seen);
  });

  it('treats what is typed as text, and ignores an invalid place to continue from', async () => {
    for (const query of ['%', '_', "' or 1=1 --", '\u{10ffff}', 'a'.repeat(900)])
      expect(await found(query), query).to.deep.equal([]);
    const { id, name } = await person({ name: ownWord() });
    for (const after of ['nonsense', `${id}`, `${randomUUID()} zzz`])
      expect(
        (await findPeople(name, after, 5)).map(each => each.id),
        after,
      ).to.deep.equal([id]);
  });

  it('reads a part of an index, however many people there are', async () => {
    const { query, params } = searchByWords(['muller', 'ada'], '', 51);
    const isSqlite = database().dialect === 'sqlite';
    const plan = await inTransaction(async () => {
      // So few people as a test has are read faster one by one, and sorted. What no index gives is still done so.
      for (const way of isSqlite ? [] : ['seqscan', 'bitmapscan', 'sort', 'hashjoin', 'mergejoin'])
        await rows(`set local enable_${way} = off`);
      return rows<object>(`explain ${isSqlite ? 'query plan ' : ''}${query.text}`, params);
    });
    const lines = plan.map(line => JSON.stringify(line)).join('\n');
    expect(lines).to.not.match(/Seq Scan|SCAN|Sort|TEMP B-TREE/);
    expect(lines).to.match(
      isSqlite ? /\(word,user_id\)>\(\?,\?\) AND word<\?/ : /person_words_pkey on person_words w/,
    );
  });
});
