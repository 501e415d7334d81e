import { expect } from 'chai';
import { knownDevice, rememberDevice } from '../../../../server/people/accounts/sign-in/devices.js';

const key = Buffer.alloc(32, 1);
const ADA = 'ada@example.org';

describe('a known browser', () => {
  it('is known for the accounts that signed in there, and for no other', () => {
    const cookie = rememberDevice(rememberDevice(undefined, ADA, key), 'ben@example.org', key);
    const [id] = cookie.split('.');
    expect(knownDevice(cookie, ADA, key)).to.equal(id);
    expect(knownDevice(cookie, 'ben@example.org', key)).to.equal(id);
    expect(knownDevice(cookie, 'cleo@example.org', key)).to.equal(null);
  });

  it('stays the same browser when somebody signs in again', () => {
    const cookie = rememberDevice(undefined, ADA, key);
    expect(rememberDevice(cookie, ADA, key)).to.equal(cookie);
  });

  it('is known for the newest eight accounts', () => {
    let cookie: string | undefined;
    for (let person = 1; person <= 9; person += 1) cookie = rememberDevice(cookie, `p${person}`, key);
    const known = Array.from({ length: 9 }, (_, at) => knownDevice(cookie, `p${at + 1}`, key) !== null);
    expect(known).to.deep.equal([false, ...Array<boolean>(8).fill(true)]);
  });

  it('has a cookie that names nobody', () => {
    expect(rememberDevice(undefined, ADA, key)).to.match(/^[\w-]{22}\.[\w-]{22}$/);
  });

  it('has a cookie that cannot be forged', () => {
    const cookie = rememberDevice(undefined, ADA, key);
    const [id = '', mark = ''] = cookie.split('.');
    const other = rememberDevice(undefined, ADA, Buffer.alloc(32, 2));
    const made = [
      other,
      `${other.split('.')[0]}.${mark}`,
      `${id}.${'A'.repeat(22)}`,
      id,
      `${cookie}.x`,
      'j:{}',
      '',
    ];
    for (const text of [...made, undefined, null, {}, [cookie]])
      expect(knownDevice(text, ADA, key), JSON.stringify(text)).to.equal(null);
  });

  it('gets a new id when the cookie is not one of ours', () => {
    const made = rememberDevice('nonsense', ADA, key);
    expect(knownDevice(made, ADA, key)).not.to.equal(null);
    expect(made).not.to.equal(rememberDevice('nonsense', ADA, key));
  });
});
