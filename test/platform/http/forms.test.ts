import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { parseForm, typed } from '../../../server/platform/http/forms.js';
import { translator } from '../../../server/platform/i18n/i18n.js';

const t = translator('en');
const form = z.object({
  name: z.string('errors.name').min(1, 'errors.name'),
  email: z.string('errors.email').min(5, 'errors.email').includes('@', { error: 'errors.sign-in' }),
});

describe('a parsed form', () => {
  it('has its value, and no fields beyond its schema', () => {
    expect(parseForm(form, { name: 'Ada', email: 'a@b.no', admin: '1' }, t)).to.deep.equal({
      ok: true,
      value: { name: 'Ada', email: 'a@b.no' },
    });
  });

  it('has the first message for each wrong field', () => {
    expect(parseForm(form, { name: '', email: 'x' }, t)).to.deep.equal({
      ok: false,
      errors: {
        name: t('errors.name'),
        email: t('errors.email'),
      },
    });
  });

  for (const [what, body] of Object.entries({ nothing: undefined, null: null, 'an empty form': {} })) {
    it(`that is ${what} names every field`, () => {
      const parsed = parseForm(form, body, t);
      expect(!parsed.ok && Object.keys(parsed.errors)).to.deep.equal(['name', 'email']);
    });
  }

  it('treats lists and objects as missing texts', () => {
    for (const value of [['a', 'b'], { a: 1 }, 1, true, null]) {
      expect(parseForm(form, { name: value, email: 'a@b.no' }, t)).to.deep.equal({
        ok: false,
        errors: { name: t('errors.name') },
      });
    }
  });

  it('gives back typed text of any body, limited in length', () => {
    expect(typed({ name: 'Ada' }, 'name')).to.equal('Ada');
    expect(typed({ name: 'x'.repeat(5000) }, 'name')).to.have.length(1000);
    fc.assert(
      fc.property(fc.anything(), fc.string(), (body, field) => typeof typed(body, field) === 'string'),
    );
  });
});
