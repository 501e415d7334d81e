import { closeWorld, openWorld } from './world.js';

// Loaded like a test file (`file` in .mocharc.json), so that it shares one copy of the program with the tests.
// One installation for the whole run: tests make their own people and do not disturb each other.
before(async function () {
  this.timeout(60_000);
  await openWorld();
});

after(async function () {
  this.timeout(30_000);
  await closeWorld();
});
