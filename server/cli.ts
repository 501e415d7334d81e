import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runAdministrators, runPeople } from './accounts/command-people.js';
import { runTokens } from './api-tokens/command-tokens.js';
import { deriveSecrets, installedViews } from './app.js';
import { runBackup, runRestore } from './backup/command-backup.js';
import { runStatuses } from './certificates/elsewhere/command-statuses.js';
import { runIssuers } from './certificates/verification/command-issuers.js';
import { runKeys } from './certificates/issuer/command-keys.js';
import { runCheckpoints } from './certificates/ledger/command-checkpoints.js';
import { runRedate } from './certificates/lifecycle/command-redate.js';
import { runVerifyLedger } from './certificates/ledger/command-verify-ledger.js';
import type { KeyDeps } from './certificates/issuer/signing-keys.js';
import { openCheckpoints, type Checkpoints } from './certificates/ledger/checkpoints.js';
import { refuseOtherFolder } from './certificates/ledger/data-folder.js';
import { noticeMissingCheckpoints } from './certificates/ledger/missing-checkpoints.js';
import { CannotStart, loadConfig, projectRoot, type Config } from './config.js';
import { runPoints } from './quizzes/points/command-points.js';
import { runLeaks } from './courses/command-leaks.js';
import { checkContent } from './courses/content/check/check.js';
import { banks } from './courses/content/check/findings.js';
import { loadContent } from './courses/content/load/load.js';
import { printCheck, printLanguage } from './courses/content/check/print-check.js';
import type { Content } from './courses/content/schema/types.js';
import { runCourses } from './courses/command-courses.js';
import { coursesOpenTo } from './courses/grants.js';
import { publishContent } from './courses/publishing.js';
import { connect, disconnect } from './db/connect.js';
import { inLane } from './db/lanes.js';
import { migrate, migrateDown, pendingMigrations } from './db/migrate.js';
import { runDoctor } from './doctor/command-doctor.js';
import { faultLine, sourceHash } from './installation.js';
import { translator } from './i18n/i18n.js';
import { readScreens } from './language/screen-files.js';
import { runProviders } from './identity/providers/command-providers.js';
import { runGrants } from './organisations/grants/command-grants.js';
import { runEntryCards } from './organisations/entry/command-entry.js';
import { runJoinCodes } from './organisations/joining/command-join-codes.js';
import { runRoster } from './organisations/roster/command-roster.js';
import { runOrganisations } from './organisations/command-organisations.js';
import {
  refuseEmptyDatabase,
  refuseNewerSchema,
  refuseNoInstallation,
  refuseOtherSettings,
} from './preconditions.js';
import { runMerge } from './merging/command-merge.js';
import { runPrivacy } from './privacy/command-privacy.js';
import { runBots } from './quizzes/bots/command-bots.js';
import { exportItems, isFormat } from './quizzes/exchange/export.js';
import { importItems } from './quizzes/exchange/import.js';
import type { Entry } from './quizzes/exchange/exchange-report.js';
import { reportLines, type Counted } from './quizzes/exchange/exchange-report-text.js';
import { runRequirements } from './requirements/rules/command-requirements.js';
import { runRecount } from './command-recount.js';
import { runSmoke } from './smoke/command-smoke.js';

const USAGE = `Usage: npm run cli -- <command>
  migrate [--down N | --pending]   bring the schema up to date, go N steps back, or list what is missing
  content check [--json | --language]
                                   check everything under modules/, and the language of screens; or print the language alone
  content bots [--course SLUG] [--forms N] [--seed TEXT]
                                   how many simulated learners pass each quiz; guessers must not
  content leaks [--seeds N]        how much of the answers wording alone gives away, by three models
  content points [--course SLUG] [--learners N]
                                   how many learners meet each point that a course claims, by job
  content publish                  publish everything under modules/
  items export --bank SLUG --format gift|moodle|qti --out FILE
  items import FILE --format gift|moodle|qti --bank SLUG --out quiz.yaml
                                   questions from other programs, with a report of what was lost or is still open
  keys list | rotate | retire KEY | compromise KEY [--yes]
                                   the keys that sign certificates; a running server applies changes
  marks [accept --yes]             whether the marks of what was published, and DATA_DIR, are those of this database; accept:
                                   continue when they are lost
  issuers list | fetch             the issuers that TRUSTED_ISSUERS names, and their keys, saved in the data folder
  issuers statuses                 ask these issuers whether they have revoked certificates that people added
  verify-ledger [--whole] [--head SEQ:HASH]
                                   compute the ledger, the audit log and all status lists again, and name each row that was
                                   edited or moved, or is missing: since the last check, or with --whole from the beginning on
  certificates redate [--yes]      correct future dates written by a fast clock; --yes applies the correction
  administrators list | make EMAIL | end EMAIL
                                   site administrators; we e-mail the person
  people block EMAIL --reason TEXT | unblock EMAIL
                                   sign a person out and block them, or let them in again; they keep what they earned
  people reset-factors EMAIL --reason TEXT
                                   for someone who lost their authenticator app and recovery codes: they can sign in with a password again
  merge KEEP-EMAIL CLOSE-EMAIL [--seen] | list | undo ID
                                   two accounts of one person: what merging them would do; with --seen it is done
  privacy list | export EMAIL FILE | erase EMAIL --reason TEXT
                                   erasure requests; everything held about a person, as a zip; close an account and erase it
  backup FILE                      everything but the secret into one new archive (.tar.gz), while the server runs
  restore FILE [--keep-marks]      replace what is here by a backup; stop the server first
  doctor                           check everything that this installation depends on, one line each
  courses grants | requests | grant SLUG … | revoke-grant SLUG … | changes | propose SLUG …
                                   who can take a restricted course: … is --everyone, or --organisation ID-OR-NAME with
                                   --by-unit (its administrators choose) or --unit UNIT, --from DAY and --last DAY
  grants list ORGANISATION | end ID
  grants appoint EMAIL --organisation ORGANISATION --role ROLE [--unit UNIT] [--from DAY] [--last DAY]
                                   who manages, teaches, audits or administers an organisation or a unit
  organisations list               their ids and names
  organisations add NAME --country CC --time-zone ZONE [--sector S] [--locale L] [--contact EMAIL]
  organisations suspend ORGANISATION | reopen ORGANISATION
                                   pause the training of its people, or let it go on
  join-codes list ORGANISATION | end CODE
  join-codes make ORGANISATION [--unit UNIT] [--course SLUG] [--from DAY] [--last DAY] [--most PEOPLE]
                                   codes on posters, by which anybody joins an organisation
  tokens list ORGANISATION | end ORGANISATION BEGINNING
  tokens make ORGANISATION --name NAME --scopes people.read,people.write [--days DAYS]
                                   what programs of an organisation prove themselves with; a new one is shown once
  providers list ORGANISATION | show ID | off ID
                                   the own sign-in of an organisation; off: passwords and mailed links work again
  entry-cards list ORGANISATION --as EMAIL [--unit UNIT] [--with-address]
  entry-cards make ORGANISATION --as EMAIL [--unit UNIT] [--staff-number NUMBER] [--with-address]
                                   codes for people without an e-mail address (or with one, too), each with a staff number
  roster preview ORGANISATION FILE --as EMAIL | roster import ORGANISATION FILE --as EMAIL
         [--whole] [--make-units] [--days day-first|month-first]
                                   compare a list of people (CSV, OneRoster) with those that are known, or import it
  requirements list ORGANISATION | show ORGANISATION ID
                                   what an organisation requires of its people, each as its sentence; one with all its versions
  recount [--mend] requirements    reckon every standing and number anew; name what differs, or correct it
  recount [--mend] statistics      count every figure of answers anew; name what differs, or correct it
  smoke [--out DIR] [--course SLUG] [--serve] | smoke --help
        [--base URL --course SLUG --learner EMAIL:PASSWORD [--administrator EMAIL:PASSWORD]]
                                   take a learner through a whole course over HTTP; with --base a real certificate is left
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = fault instanceof CannotStart ? fault.exitCode : 1;
}

async function run(args: string[]): Promise<number> {
  const [command, verb] = args;
  if (command === 'migrate') return withDatabase(() => runMigrations(args.slice(1)), true);
  if (command === 'content' && verb === 'check') return runCheck(args);
  if (command === 'content' && verb === 'bots') return runBots(args.slice(2), contentOrThrow(), say);
  if (command === 'content' && verb === 'leaks') return runLeaks(args.slice(2), contentOrThrow(), say);
  if (command === 'content' && verb === 'points') return runPoints(args.slice(2), contentOrThrow(), say);
  if (command === 'content' && verb === 'publish') return withDatabase(runPublish);
  if (command === 'items' && verb === 'export') return runItemExport(args.slice(2));
  if (command === 'items' && verb === 'import') return runItemImport(args.slice(2));
  if (command === 'keys') return withKeys(deps => runKeys(args.slice(1), deps.keys, say));
  if (command === 'marks')
    return withMarks(({ checkpoints, config }) =>
      runCheckpoints(args.slice(1), { checkpoints, config }, say),
    );
  if (command === 'issuers' && verb === 'statuses') return withDatabase(() => runStatuses(existing(), say));
  if (command === 'issuers') return runIssuers(args.slice(1), existing(), say);
  if (command === 'backup') return withKeys(({ config }) => runBackup(args.slice(1), config, say));
  if (command === 'restore') return runRestore(args.slice(1), loadConfig(undefined, { create: false }), say);
  if (command === 'doctor') return withDatabase(() => runDoctor(existing(), say));
  if (command === 'verify-ledger')
    return withKeys(({ checkpoints, config }) =>
      runVerifyLedger(args.slice(1), { checkpoints, addresses: config }, say),
    );
  if (command === 'certificates') return withKeys(() => runRedate(args.slice(1), Date.now(), say));
  if (command === 'administrators') return withDatabase(() => runAdministrators(args.slice(1), say));
  if (command === 'people') return withDatabase(() => runPeople(args.slice(1), say));
  if (command === 'merge') return withDatabase(() => runMerge(args.slice(1), say));
  if (command === 'privacy') return withDatabase(() => runPrivacy(args.slice(1), installedViews, say));
  if (command === 'courses') return withDatabase(() => runCourses(args.slice(1), say));
  if (command === 'grants') return withDatabase(() => runGrants(args.slice(1), say));
  if (command === 'organisations') return withDatabase(() => runOrganisations(args.slice(1), say));
  if (command === 'join-codes') return withDatabase(() => runJoinCodes(args.slice(1), slugsOpenTo, say));
  if (command === 'tokens') return withDatabase(() => runTokens(args.slice(1), say));
  if (command === 'providers') return withDatabase(() => runProviders(args.slice(1), say));
  if (command === 'entry-cards')
    return withDatabase(() => runEntryCards(args.slice(1), deriveSecrets(existing()).links, say));
  if (command === 'requirements') return withDatabase(() => runRequirements(args.slice(1), say));
  if (command === 'recount') return withDatabase(() => runRecount(args.slice(1), say));
  if (command === 'roster') return withDatabase(() => runRoster(args.slice(1), say));
  if (command === 'smoke') {
    const main = join(projectRoot, 'dist', 'server', 'main.js');
    return runSmoke(args.slice(1), { content: contentOrThrow, main, say });
  }
  process.stderr.write(USAGE);
  return 2;
}

const slugsOpenTo = async (organisationId: string) =>
  (await coursesOpenTo(organisationId, Date.now())).map(({ slug }) => slug);

async function runMigrations(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { down: { type: 'string' }, pending: { type: 'boolean' } } });
  if (values.pending) (await pendingMigrations()).forEach(say);
  else if (values.down) (await migrateDown(Number(values.down))).forEach(name => say(`undone: ${name}`));
  else (await migrate()).forEach(name => say(`done: ${name}`));
  return 0;
}

function runCheck(args: readonly string[]): number {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) {
    loaded.faults.map(faultLine).forEach(say);
    return 1;
  }
  const screens = readScreens(projectRoot);
  const report = checkContent(loaded.content, { now: Date.now(), lineOf: loaded.lineOf, screens });
  if (args.includes('--json')) say(JSON.stringify(report));
  else say(args.includes('--language') ? printLanguage(report, true) : printCheck(report));
  return report.faults.length === 0 ? 0 : 1;
}

async function runPublish(): Promise<number> {
  const published = await publishContent(
    contentOrThrow(),
    sourceHash(join(projectRoot, 'modules')),
    Date.now(),
  );
  for (const { courseSlug, number, isNew } of published) {
    say(`${courseSlug}: version ${number}${isNew ? ', new' : ', unchanged'}`);
  }
  return 0;
}

/** Write a bank of `modules/` to a file. Returns 1 when an item could not be written. */
function runItemExport(args: string[]): number {
  const { bank, format, out } = itemOptions(args);
  const items = banks(contentOrThrow()).find(({ name }) => name === bank)?.items;
  if (!items) throw new Error(`There is no bank "${bank}" under modules/`);
  const { bytes, entries } = exportItems(format, bank, items);
  writeFileSync(out, bytes);
  return sayReport(entries, 'item');
}

/** Write a new file, never over an existing one. Returns 1 when something was left out. */
async function runItemImport(args: string[]): Promise<number> {
  const { bank, format, out, file } = itemOptions(args);
  if (!file) throw new Error(USAGE);
  const known = banks(contentOrThrow()).find(({ name }) => name === bank)?.items ?? [];
  const target = { bank, known: known.map(({ id }) => id) };
  const { yaml, entries } = await importItems(format, readFileSync(file), target);
  if (yaml !== null) writeFileSync(out, yaml, { flag: 'wx' });
  return sayReport(entries, 'line');
}

function itemOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { bank: text, format: text, out: text };
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const { bank, format, out } = values;
  if (!bank || !out || !isFormat(format)) throw new Error(USAGE);
  return { bank, format, out, file: positionals[0] };
}

function sayReport(entries: readonly Entry[], counted: Counted): number {
  reportLines(entries, translator('en'), counted).forEach(say);
  return entries.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
}

function contentOrThrow(): Content {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (loaded.ok) return loaded.content;
  throw new Error(loaded.faults.map(faultLine).join('\n'));
}

/** What a command needs that works on what was signed. */
interface Signed {
  readonly config: Config;
  readonly keys: KeyDeps;
  readonly checkpoints: Checkpoints;
}

/** Throws where DATA_DIR is not the folder of the database. */
function withKeys(work: (signed: Signed) => Promise<number>): Promise<number> {
  return withMarks(async signed => {
    await refuseOtherFolder(signed.config);
    await noticeMissingCheckpoints(signed.checkpoints, Date.now());
    return work(signed);
  });
}

/** In any folder: for the command that says which of them counts. */
async function withMarks(work: (signed: Signed) => Promise<number>): Promise<number> {
  const config = existing();
  const keys = { baseUrl: config.baseUrl, sealKey: deriveSecrets(config).issuerKeys };
  return withDatabase(async () => {
    await refuseOtherSettings(config);
    return work({ config, keys, checkpoints: openCheckpoints(config.dataDir) });
  });
}

async function withDatabase(work: () => Promise<number>, mayBeEmpty = false): Promise<number> {
  const config = existing();
  await connect(config.databaseUrl);
  try {
    if (!mayBeEmpty) await refuseEmptyDatabase(config);
    await refuseNewerSchema();
    return await inLane('reports', work);
  } finally {
    await disconnect();
  }
}

/** The settings of the existing installation that a command works on. */
function existing(): Config {
  const config = loadConfig(undefined, { create: false });
  refuseNoInstallation(config);
  return config;
}
