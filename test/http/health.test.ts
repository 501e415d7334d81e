import { expect } from 'chai';
import { raw } from './raw.js';
import { ownWorld } from '../support/world.js';

describe('health', () => {
  ownWorld();
  for (const path of ['/healthz', '/readyz']) {
    it(`${path} says yes, to be asked again, with no cookie`, async () => {
      const answer = await raw(path);
      expect(answer.status).to.equal(200);
      expect(answer.headers['cache-control']).to.equal('no-store');
      expect(answer.headers).not.to.have.property('set-cookie');
      expect(Object.values(JSON.parse(answer.text) as object)).to.include(true);
    });
  }
});
