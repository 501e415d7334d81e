// What `npm run test:postgres` runs: whatever could be otherwise on another database.
module.exports = {
  ...require('../../.mocharc.cjs'),
  ignore: [
    // Reads and writes no row: values in, values out; files, texts, pictures, proofs, styles.
    'test/{design,i18n,lib,open-badges,questions,smoke}/**',
    'test/courses/content/**',
    'test/quizzes/{drawing,exchange}/**',
    'test/quizzes/results/*.test.ts',
    'test/certificates/{documents,offline,signing}/**',
    'test/accounts/sign-in/passwords.test.ts',
    // Holds for the sources, whatever they run on.
    'test/{architecture,config,policy}.test.ts',
    // What travels over HTTP before a row is asked for.
    'test/http/{assets,bodies,compression,forms,headers,https,network,noindex,serving,views}.test.ts',
    // Runs on a SQLite file of its own, whatever the suite runs on.
    'test/main.test.ts',
    'test/db/sqlite.test.ts',
    // What a browser shows. The scenes of every page are asked for without one, and a certificate is earned with one.
    'test/journeys/!(earn-a-certificate|every-address).test.ts',
  ],
};
