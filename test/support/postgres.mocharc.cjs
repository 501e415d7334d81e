const { readdirSync, readFileSync } = require('node:fs');

/** How a file of tests comes to a database: a world, an empty database, a program of its own, a connection. */
const DATABASE = /\b(ownWorld|elsewhere|freshDatabase|runProgram|startProgram|connect)\(/;

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
    ...usual.ignore,
    ...pure,
    // Has a world and asks it for no row: files, texts, pictures, proofs, styles.
    'test/{design,open-badges,questions}/**',
    'test/teaching/content/**',
    'test/workshop/exchange/**',
    'test/proof/certificates/offline/**',
    // Each statement of the program that these send, other files send, too: recorded file by file. None of them is about
    // two at once.
    'test/people/accounts/actions/{change-password,chosen-course,confirm-address,end-sessions,exit,forgotten,guessing,rename,sign-in,sign-out}.test.ts',
    'test/people/accounts/proof/proof-first.test.ts',
    'test/office/admin/actions/{access,administration,menu,overview,person-record}.test.ts',
    'test/people/api-tokens/token-pages.test.ts',
    'test/people/accounts/sign-up/link-limits.test.ts',
    'test/proof/certificates/documents/actions/download-paper.test.ts',
    'test/proof/certificates/holder/actions/{choose-paper,correct-name,view-certificate}.test.ts',
    'test/proof/certificates/issuer/actions/{change-keys,read-issuer}.test.ts',
    'test/proof/certificates/{moved-address,ledger/missing-checkpoints}.test.ts',
    'test/proof/certificates/lifecycle/{catch-up,previous-expiry,actions/{change-state,own-matter}}.test.ts',
    'test/proof/certificates/renewal/actions/renew.test.ts',
    'test/proof/certificates/verification/actions/{keep-offline-page,name-subject,verify,verify-edited,verify-file}.test.ts',
    'test/teaching/courses/actions/{browse,course-access}.test.ts',
    'test/teaching/follow-up/{gains/counted-units,actions/{before-and-after,follow-up,refresher}}.test.ts',
    'test/teaching/help/actions/{card,law,own-hotline}.test.ts',
    'test/platform/http/{files/exported-csv,well-known}.test.ts',
    'test/people/identity/actions/forged-answers.test.ts',
    'test/teaching/learning/actions/{check,choose-organisation,content-notice,course-way,finish-lesson,keep-copies,play-case,see-tried-quiz,take-granted-course,unheard-case}.test.ts',
    'test/teaching/learning/{time-told,one-course/one-course}.test.ts',
    'test/office/management/people/person-in-organisation.test.ts',
    'test/proof/reminders/{hotlines-due,mailer,duties/remind}.test.ts',
    'test/people/organisations/actions/{person-details,places,suspend-organisation}.test.ts',
    'test/people/organisations/entry/{command-entry,actions/entry-codes}.test.ts',
    'test/people/organisations/grants/{command-grants,actions/give-role}.test.ts',
    'test/people/organisations/invitations/actions/undo-acceptance.test.ts',
    'test/people/organisations/people/two-organisations.test.ts',
    'test/teaching/quizzes/{attempts/actions/{view-*,answer-json,answer-report,answer-rows,time-limit},item-analysis/actions/statistics,results/actions/*,item-analysis/actions/item-confidence}.test.ts',
    // What travels over HTTP before a row is asked for.
    'test/platform/http/{bodies,compression,done,error-pages,every-route,files/assets,language,late-form,noindex,problem-page,serving/health,views}.test.ts',
    'test/platform/http/security/{cookies,csrf,headers,https,session-cookie}.test.ts',
    // Runs on a SQLite file of its own, whatever the suite runs on.
    'test/main.test.ts',
    // Asks the command line how it is used, and no database.
    'test/documents.test.ts',
    'test/platform/db/{connect,sqlite}.test.ts',
    // What a browser shows. The scenes of every page are asked for without one, and a certificate is earned with one.
    'test/journeys/**/!(earn-a-certificate|every-address).test.ts',
    'test/jobs/**',
  ],
};
