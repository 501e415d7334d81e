const { readdirSync, readFileSync } = require('node:fs');

/** How a file of tests comes to a database: a world, an empty database, a program of its own, a connection. */
const DATABASE = /\b(ownWorld|elsewhere|freshDatabase|runProgram|startProgram|openDatabase|connect)\(/;

/** Files whose tests are values in, values out. */
const pure = readdirSync('test', { recursive: true })
  .filter(name => name.endsWith('.test.ts'))
  .map(name => `test/${name.replaceAll('\\', '/')}`)
  .filter(name => !DATABASE.test(readFileSync(name, 'utf8')));

const usual = require('../../.mocharc.cjs');

// What `npm run test:postgres` runs: whatever could be otherwise on another database.
module.exports = {
  ...usual,
  // While the server works for one process of tests, another has its core.
  jobs: usual.jobs + 1,
  ignore: [
    ...pure,
    // Has a world and asks it for no row: files, texts, pictures, proofs, styles.
    'test/{design,open-badges,questions}/**',
    'test/courses/content/**',
    'test/quizzes/exchange/**',
    'test/certificates/offline/**',
    // What pages show of rows that other tests write and read, with the same statements and of the same kinds.
    'test/certificates/verification/actions/{keep-offline-page,name-subject,verify,verify-file}.test.ts',
    'test/learning/actions/{content-notice,see-tried-quiz,unheard-case}.test.ts',
    'test/quizzes/{attempts/actions/view-*,results/actions/*,item-analysis/actions/item-confidence}.test.ts',
    // What travels over HTTP before a row is asked for.
    'test/http/{assets,bodies,compression,noindex,views}.test.ts',
    // Runs on a SQLite file of its own, whatever the suite runs on.
    'test/main.test.ts',
    'test/db/{connect,sqlite}.test.ts',
    // What a browser shows. The scenes of every page are asked for without one, and a certificate is earned with one.
    'test/journeys/**/!(earn-a-certificate|every-address).test.ts',
    'test/jobs/**',
  ],
};
