const { availableParallelism } = require('node:os');
const { missingTools } = require('./test/support/tools.cjs');

module.exports = {
  import: ['tsx'],
  require: [
    './test/support/chance.ts',
    './test/support/left-out.mjs',
    ...(process.argv.includes('--parallel') ? ['./test/support/compile.mjs'] : []),
  ],
  timeout: 300_000,
  exit: true,
  // Tests of programs that are not here: `left-out.mjs` names them.
  ignore: missingTools().flatMap(({ tests }) => tests),
  // Of a parallel run. Where a browser or another program works for a test, its own process waits.
  jobs: Math.min(Math.max(availableParallelism(), 2), 8),
};
