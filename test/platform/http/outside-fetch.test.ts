import { expect } from 'chai';
import { fetchOutside, isInside } from '../../../server/platform/http/outside-fetch.js';

const refusal = (address: string, mayStayHere = false): Promise<string> =>
  fetchOutside(address, {}, mayStayHere).then(
    () => 'fetched',
    (error: Error) => error.message,
  );

describe('a fetch from an address that somebody typed', () => {
  it('goes to names over HTTPS alone', async () => {
    for (const address of [
      'http://example.org/',
      'https://192.0.2.1/',
      'https://[::1]/',
      'https://2130706433/',
      'ftp://example.org/',
      'http://127.0.0.1:1/',
    ])
      expect(await refusal(address), address).to.match(/HTTPS/);
  });

  it('does not follow a name into our own network', async () => {
    expect(await refusal('https://localhost:1/')).to.match(/inside/);
    expect(await refusal('https://localhost:1/', true), 'not even in a test').to.match(/inside/);
  });

  it('knows which addresses are inside', () => {
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
    ];
    const inside6 = [
      '::1',
      '::',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      'fd00::1',
      'fe80::1',
      'ff02::1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ];
    for (const address of [...inside, ...inside6]) expect(isInside(address), address).to.equal(true);
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
      expect(isInside(address), address).to.equal(false);
  });
});
