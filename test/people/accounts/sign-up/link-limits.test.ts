import { expect } from 'chai';
import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { PASSWORD } from '../../../support/people.js';
import { ownWorld } from '../../../support/world.js';
import {
  linkToConfirm,
  linkToNewAddress,
  linkToOldAddress,
  linkToReset,
  linkToSignIn,
} from '../mailed-links.js';

const NEW = 'seven green kites at noon';
const LINKS: readonly (readonly [make: () => Promise<string>, action: string, password: string])[] = [
  [linkToSignIn, '/arrival', ''],
  [linkToConfirm, '/confirm', PASSWORD],
  [linkToReset, '/new-password', NEW],
  [linkToNewAddress, '/new-address', PASSWORD],
  [linkToOldAddress, '/old-address', ''],
];

describe('links that do not work', () => {
  ownWorld();

  for (const [make, action, password] of LINKS)
    it(`are tried so often from one network, and then even one that works waits: ${action}`, async () => {
      const link = await make();
      await useUp(accountLimits.linkByAddress, '203.0.113.90');
      const [late, elsewhere] = [visitorFrom('203.0.113.90'), visitorFrom('203.0.113.91')];
      for (const browser of [late, elsewhere]) await browser.get(link);
      expect((await late.submit(action, { password })).status).to.equal(429);
      expect((await elsewhere.submit(action, { password })).status).to.equal(200);
    });
});
