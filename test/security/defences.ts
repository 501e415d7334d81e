import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.js';

// `npm run defences`: takes one defence of accounts after the other out of a copy of the program, and says which tests notice. Ends
// with 1 when none does, or when a defence is no longer where it was.

/** A defence: the text that makes it, what is left without it, and the tests that must fail then. */
interface Defence {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  readonly without: string;
  readonly tests: string;
}

const DEFENCES: readonly Defence[] = [
  {
    what: 'a provider opens no account that may do more, however long it has been connected',
    file: 'server/people/identity/arrive.ts',
    text: 'if (known) await mayOpen(provider, whose, now);',
    without: '',
    tests: 'test/people/identity/actions/what-providers-open.test.ts',
  },
  {
    what: 'a session that an organisation began holds its roles alone, at each request',
    file: 'server/people/accounts/sign-in/sign-in.ts',
    text: 'within === null ? actor : vouchedWithin(actor, within)',
    without: 'within === null ? actor : actor',
    tests: 'test/people/identity/actions/what-providers-open.test.ts',
  },
  {
    what: 'a card of another organisation replaces no PIN',
    file: 'server/people/organisations/entry/enter.ts',
    text: '(m.user_id is null or u.email like $4) and ${GETS_CARD}',
    without: '(m.user_id is null or u.email like $4)',
    tests: 'test/people/organisations/entry/**/*.test.ts',
  },
  {
    what: 'connecting a provider begins with a form of ours',
    file: 'server/people/identity/routes-own.ts',
    text: 'router.post(`${PAGE}/:provider/to`, on(leave));',
    without: 'router.all(`${PAGE}/:provider/to`, on(leave));',
    tests: 'test/people/identity/actions/what-providers-open.test.ts',
  },
  {
    what: 'an organisation that allows its own provider alone is opened by no other door',
    file: 'server/people/accounts/sign-in/doors.ts',
    text: 'if (first !== undefined && !isEnforcing)',
    without: 'if (first !== undefined && isEnforcing && !isEnforcing)',
    tests: 'test/people/accounts/sign-in/doors.test.ts',
  },
  {
    what: 'people who came by an employer do not join the open organisation',
    file: 'server/people/organisations/people/join-open.ts',
    text: 'if (!(await row(LED, [userId]))) await',
    without: 'await row(LED, [userId]); await',
    tests: 'test/people/organisations/people/join-open.test.ts',
  },
  {
    what: 'a keeper closes no account that has a role in another organisation',
    file: 'server/office/merging/plan-merge.ts',
    text: '(await haveRoleElsewhere(both, {',
    without: '(false && await haveRoleElsewhere(both, {',
    tests: 'test/office/merging/merge-accounts.test.ts',
  },
  {
    what: 'a blocked person undoes no merge',
    file: 'server/office/merging/undo-merge.ts',
    text: 'if (isBlocked || (await',
    without: 'if ((await',
    tests: 'test/office/merging/merge-accounts.test.ts',
  },
];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** A copy of the program, in which a defence may be missing. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'defences-'));
  const isLeft = (path: string) => !/\/(node_modules|\.git|data)$/.test(path);
  cpSync(projectRoot, folder, { recursive: true, filter: isLeft });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The titles of the tests that fail without the defence; null when it is not where it was. */
function noticedBy(folder: string, { file, text, without, tests }: Defence): string[] | null {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) return null;
  writeFileSync(path, source.replace(text, without));
  const mocha = join(folder, 'node_modules/mocha/bin/mocha.js');
  const { stdout } = spawnSync(process.execPath, [mocha, '--reporter', 'dot', ...tests.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  writeFileSync(path, source);
  const failures = stdout.split(/^ *\d+ failing$/m)[1] ?? '';
  return [...failures.matchAll(/^ {2}\d+\) [^\n]*\n((?: {5,}[^\n]+\n)+?)\n/gm)].map(([, title = '']) =>
    title.replace(/\s+/g, ' ').replace(/:\s*$/, '').trim(),
  );
}

const folder = copy();
try {
  for (const defence of DEFENCES) {
    const titles = noticedBy(folder, defence);
    if (!titles || titles.length === 0) process.exitCode = 1;
    say(`\n${defence.what}: ${titles ? (titles.length > 0 ? 'noticed by' : 'NOT NOTICED') : 'NOT FOUND'}`);
    for (const title of titles ?? []) say(`  ${title}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
