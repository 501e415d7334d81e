const { availableParallelism } = require('node:os');

module.exports = {
  import: ['tsx'],
  require: [
    './test/support/chance.ts',
    ...(process.argv.includes('--parallel') ? ['./test/support/compile.mjs'] : []),
  ],
  timeout: 300_000,
  exit: true,
  // Of a parallel run. Where a browser or another program works for a test, its own process waits.
  jobs: Math.min(Math.max(availableParallelism(), 2), 8),
};
