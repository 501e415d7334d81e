import { expect } from 'chai';
import {
  meaningOf,
  nameIn,
  valuesOfClaim,
  vouchedAddress,
} from '../../../server/people/identity/claim-rules.js';

const rule = { claim: 'groups', value: 'crew', unitId: null, job: null, role: null };

describe('what claims mean', () => {
  it('is what the first rule that fits says of a place, and every role once', () => {
    const rules = [
      { ...rule, value: 'other', unitId: 'never' },
      { ...rule, unitId: 'lyon', role: 'manager' as const },
      { ...rule, unitId: 'oslo', job: 'cabin' },
      { ...rule, value: '7', claim: 'level', unitId: 'lyon', role: 'manager' as const },
      { ...rule, value: 'admins', unitId: 'lyon', role: 'administrator' as const },
    ];
    expect(meaningOf({ groups: ['crew', 'admins'], level: 7 }, rules)).to.deep.equal({
      unitId: 'lyon',
      job: 'cabin',
      roles: [
        { role: 'manager', unitId: 'lyon' },
        { role: 'administrator', unitId: null },
      ],
    });
    expect(meaningOf({}, rules)).to.deep.equal({ unitId: null, job: null, roles: [] });
  });

  it('is read from own claims with plain values', () => {
    expect(valuesOfClaim({ a: ['x', { y: 1 }, null, true] }, 'a')).to.deep.equal(['x', 'true']);
    expect(valuesOfClaim({}, 'constructor')).to.deep.equal([]);
  });

  it('is an address only where the provider says that it is verified', () => {
    const email = 'Ada@Example.ORG';
    expect(vouchedAddress({ email, email_verified: true })).to.equal('ada@example.org');
    expect(vouchedAddress({ email, email_verified: 'true' })).to.equal('ada@example.org');
    for (const flag of [undefined, false, 'false', 1, {}, ['true']])
      expect(vouchedAddress({ email, email_verified: flag })).to.equal(null);
    for (const wrong of [undefined, 7, ['a@b.example'], 'a@b.example@c.example', 'ada'])
      expect(vouchedAddress({ email: wrong, email_verified: true })).to.equal(null);
  });

  it('is a name that can be printed', () => {
    expect(nameIn({ name: ' Ada  Marlow ' }, 'a@b.example')).to.equal('Ada Marlow');
    expect(nameIn({ name: 'Ada\u202e', given_name: 'Ada', family_name: 'Berg' }, 'a@b.example')).to.equal(
      'Ada Berg',
    );
    expect(nameIn({ name: 7 }, 'ada.berg@b.example')).to.equal('ada.berg');
  });
});
