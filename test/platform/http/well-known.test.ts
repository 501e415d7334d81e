import { expect } from 'chai';
import { Client } from '../../../server/workshop/smoke/client.js';
import { ownWorld, world } from '../../support/world.js';
import { openSecondApp } from './second-app.js';

describe('what programs ask every site for', () => {
  ownWorld();

  it('says whom to tell about a weakness, for less than a year from now', async () => {
    const { status, text } = await world().visitor().get('/.well-known/security.txt');
    expect(status).to.equal(200);
    const fields = new Map(
      text
        .trim()
        .split('\n')
        .map(line => line.split(/: (.*)/) as [string, string]),
    );
    expect(fields.get('Contact')).to.equal('mailto:people@example.org');
    expect(fields.get('Canonical')).to.equal(`${world().base}/.well-known/security.txt`);
    const left = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
    expect(left).to.be.within(30, 364);
  });

  it('names nobody where the settings name no contact', async () => {
    const other = await openSecondApp(() => ({ contactEmail: null }));
    const { status } = await new Client(other.base, '').get('/.well-known/security.txt');
    await other.close();
    expect(status).to.equal(404);
  });

  it('leaves search engines nothing that needs sign-in', async () => {
    const { text } = await world().visitor().get('/robots.txt');
    expect(text.split('\n')).to.include.members(['User-agent: *', 'Disallow: /account', 'Disallow: /admin']);
  });
});
