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
    // What pages show of rows that other tests write and read, with the same statements and of the same kinds: whatever these
    // send to a database is sent by other files, too.
    'test/accounts/actions/{exit,forgotten,guessing,rename,sign-in,sign-out}.test.ts',
    'test/admin/actions/{administration,menu}.test.ts',
    'test/certificates/documents/actions/download-paper.test.ts',
    'test/certificates/holder/actions/{choose-paper,correct-name,view-certificate}.test.ts',
    'test/certificates/issuer/actions/{change-keys,read-issuer}.test.ts',
    'test/certificates/lifecycle/actions/{change-state,own-matter}.test.ts',
    'test/certificates/renewal/actions/renew.test.ts',
    'test/certificates/verification/actions/{keep-offline-page,name-subject,verify,verify-edited,verify-file}.test.ts',
    'test/courses/actions/browse.test.ts',
    'test/follow-up/actions/{before-and-after,follow-up}.test.ts',
    'test/help/actions/{card,own-hotline}.test.ts',
    'test/learning/actions/{choose-organisation,content-notice,course-way,finish-lesson,keep-copies,play-case,see-tried-quiz,unheard-case}.test.ts',
    'test/organisations/grants/actions/give-role.test.ts',
    'test/quizzes/{attempts/actions/view-*,results/actions/*,item-analysis/actions/item-confidence}.test.ts',
    // What travels over HTTP before a row is asked for.
    'test/http/{assets,bodies,compression,done,error-pages,health,language,noindex,problem-page,views}.test.ts',
    'test/http/security/{cookies,csrf,headers,https,session-cookie}.test.ts',
    // Runs on a SQLite file of its own, whatever the suite runs on.
    'test/main.test.ts',
    'test/db/{connect,sqlite}.test.ts',
    // What a browser shows. The scenes of every page are asked for without one, and a certificate is earned with one.
    'test/journeys/**/!(earn-a-certificate|every-address).test.ts',
    'test/jobs/**',
  ],
};
