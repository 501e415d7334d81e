import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { parseForm, typed } from '../../server/http/forms.js';
import { translator } from '../../server/i18n/i18n.js';

const t = translator('en');
const form = z.object({
  name: z.string('errors.name').min(1, 'errors.name'),
  email: z.string('errors.email').min(5, 'errors.email').includes('@', { error: 'errors.sign-in' }),
});

describe('a form that is read', () => {
  it('comes to its value, and to nothing it did not ask for', () => {
    expect(parseForm(form, { name: 'Ada', email: 'a@b.no', admin: '1' }, t)).to.deep.equal({
      ok: true,
      value: { name: 'Ada', email: 'a@b.no' },
    });
  });

  it('comes to one message for each field that can be mended, the first', () => {
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

  it('takes lists and objects for no text', () => {
    for (const value of [['a', 'b'], { a: 1 }, 1, true, null]) {
      expect(parseForm(form, { name: value, email: 'a@b.no' }, t)).to.deep.equal({
        ok: false,
        errors: { name: t('errors.name') },
      });
    }
  });

  it('shows again what was typed: text, of any body, not endless', () => {
    expect(typed({ name: 'Ada' }, 'name')).to.equal('Ada');
    expect(typed({ name: 'x'.repeat(5000) }, 'name')).to.have.length(1000);
    fc.assert(
      fc.property(fc.anything(), fc.string(), (body, field) => typeof typed(body, field) === 'string'),
    );
  });
});
