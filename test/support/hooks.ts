import { rows } from './rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import { closeWorld, openWorld } from './world.js';

// Loaded like a test file (`file` in .mocharc.json), so that it shares one copy of the program with the tests.
// One installation for the whole run: tests make their own people and do not disturb each other.
before(async function () {
  this.timeout(180_000);
  await openWorld();
});

// All people of all tests come from one network address: without this the limits would meet them together.
beforeEach(() => inTransaction(() => rows('delete from rate_limits')));

after(async function () {
  this.timeout(180_000);
  await closeWorld();
});
