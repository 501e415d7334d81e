import { closeWorld, openWorld } from './world.js';

/** One installation for the whole run: tests make their own people and do not disturb each other. */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(60_000);
    await openWorld();
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(30_000);
    await closeWorld();
  },
};
