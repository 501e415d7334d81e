import { expect } from 'chai';
import fc from 'fast-check';
import {
  nameForm,
  passwordForm,
  signInForm,
  signUpForm,
} from '../../../server/people/accounts/account-forms.js';
import { normaliseEmail, normaliseName } from '../../../server/people/accounts/normalised.js';

const good = { name: 'Ada Marlow', email: 'ada@example.org', password: 'quiet harbour 7' };
const emailOf = (email: string) => signUpForm.safeParse({ ...good, email }).data?.email ?? null;
const nameOf = (name: string) => nameForm.safeParse({ name }).data?.name ?? null;
const takes = (password: string) => signUpForm.safeParse({ ...good, password }).success;

describe('an address', () => {
  it('is normalised: trimmed, composed, in small letters', () => {
    expect(emailOf('  Ada.Marlow@EXAMPLE.org\t')).to.equal('ada.marlow@example.org');
    expect(emailOf('BLÅ@example.org'.normalize('NFD'))).to.equal('blå@example.org'.normalize('NFC'));
    fc.assert(
      fc.property(
        fc.emailAddress(),
        email => normaliseEmail(normaliseEmail(email)) === normaliseEmail(email),
      ),
    );
  });

  it('may be anything that people have', () => {
    const addresses = [
      'a@b.no',
      'ada+training@sub.example.co.uk',
      "o'neill@example.org",
      'ada@xn--bcher-kva.example',
      'ada@bücher.example',
      'a'.repeat(242) + '@example.org',
    ];
    for (const email of addresses) expect(emailOf(email), email).to.equal(email);
  });

  it('is refused where a mail server could read it differently', () => {
    const others = [
      '',
      'ada',
      '@example.org',
      'ada@',
      'ada@example',
      'ada@@example.org',
      'ada@ex ample.org',
      '<ada@example.org>',
      '"ada"@example.org',
      'ada@example.org,eve@example.org',
      'ada@example.org;eve',
      'ada@example.org\nBcc:eve@example.org',
      'ada\0@example.org',
      'ada@exa\u0007mple.org',
      'ada\\@example.org',
      'ada@example.org.',
      'a(b)@example.org',
    ];
    for (const email of others) expect(emailOf(email), JSON.stringify(email)).to.equal(null);
  });

  it('fits its column', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 260 }),
        local => Array.from(emailOf(`${local}@example.org`) ?? '').length <= 254,
      ),
    );
    expect(emailOf(`${'İ'.repeat(200)}@example.org`)).to.equal(null);
  });
});

describe('a name', () => {
  it('is normalised: composed, with single blanks', () => {
    expect(nameOf('  Ada \n  Marlow\u00a0X ')).to.equal('Ada Marlow X');
    expect(nameOf('Łucja Åse'.normalize('NFD'))).to.equal('Łucja Åse'.normalize('NFC'));
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        name => normaliseName(normaliseName(name)) === normaliseName(name),
      ),
    );
  });

  it('may be anything that people have', () => {
    for (const name of [
      'X',
      'Nguyễn Thị',
      'محمد',
      '王小明',
      'ஸ்ரீ',
      'O’Neill-Šimić, Jr.',
      'X Æ A-12',
      '👩‍🚀 Ada',
      'a'.repeat(200),
    ]) {
      expect(nameOf(name), name).to.equal(name.normalize('NFC'));
    }
  });

  it('is limited in length and to characters that can be printed', () => {
    for (const name of [
      '',
      ' ',
      '...',
      '👩‍🚀',
      'Ada\u202eEvil',
      'Ada\u0000',
      'Ada\u007f',
      'Ada\u2066',
      'a'.repeat(201),
      'é'.normalize('NFD').repeat(201),
      `a${'\u0323\u0301'.repeat(300)}`,
    ]) {
      expect(nameOf(name), JSON.stringify(name.slice(0, 20))).to.equal(null);
    }
  });

  it('fits its column', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 500 }),
        name => (nameOf(name)?.length ?? 0) <= 400,
      ),
    );
  });
});

describe('a new password', () => {
  it('has at least twelve characters of any kind', () => {
    for (const password of [
      'quiet harbour',
      'zzzzzzzzzzzy',
      '            .',
      'пароль дома моего',
      '🐈🐕'.repeat(6),
      'x'.repeat(999) + 'y',
    ]) {
      expect(takes(password), password.slice(0, 20)).to.equal(true);
    }
    for (const password of ['', 'quiet house', '🐈🐕'.repeat(5), 'x'.repeat(1000) + 'y'])
      expect(takes(password), password.slice(0, 20)).to.equal(false);
  });

  it('is not a common one', () => {
    for (const password of [
      'aaaaaaaaaaaa',
      '123456789012',
      '0123456789ab',
      'password1234',
      'PASSWORDpassword',
      'qwertyuiop12',
      'iloveyou1234',
      'letmein12345',
      'Welcome12345',
      'SafePassage1',
    ]) {
      expect(takes(password), password).to.equal(false);
    }
  });

  it('has rules that do not apply to the present one', () => {
    expect(signInForm.safeParse({ email: 'ada', password: 'x' }).success).to.equal(true);
    expect(passwordForm.safeParse({ present: 'x', password: good.password }).success).to.equal(true);
  });
});
