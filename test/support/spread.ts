import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../server/config.js';
import { sliceOf } from './architecture.js';

/** How many features are shown, in how many commits they are looked for, and how many files make a commit a sweep. */
const FEATURES = 50;
const COMMITS = 1_000;
const SWEEP = 60;

/** A commit that adds a file to the program, and what it had to touch outside its own slice. */
interface Feature {
  readonly subject: string;
  readonly slice: string;
  readonly outside: readonly string[];
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' });

/** The last features, newest first. A file that was only moved counts as untouched. */
function features(): Feature[] {
  const log = git('log', '--no-merges', `-${COMMITS}`, '--name-status', '-M', '--format=%x00%s');
  return log
    .split('\0')
    .slice(1)
    .flatMap(text => {
      const [subject = '', ...lines] = text.split('\n').filter(line => line !== '');
      const files = lines
        .map(line => line.split('\t'))
        .filter(([state]) => state !== 'R100')
        .map(([state = '', ...paths]) => ({ isNew: state === 'A', path: paths.at(-1) ?? '' }))
        .filter(({ path }) => /^(server|views)\//.test(path));
      if (files.length > SWEEP || !files.some(({ isNew }) => isNew)) return [];
      const slice = mostOften(files.map(({ path }) => sliceOf(path)));
      const outside = files.map(({ path }) => path).filter(path => sliceOf(path) !== slice);
      return [{ subject, slice, outside }];
    })
    .slice(0, FEATURES);
}

function mostOften(names: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

const found = features();
for (const { subject, slice, outside } of found) {
  process.stdout.write(`${String(outside.length).padStart(3)}  ${slice.padEnd(14)}  ${subject}\n`);
  if (outside.length > 2) process.stdout.write(`${outside.map(path => `       ${path}\n`).join('')}`);
}
const many = found.filter(({ outside }) => outside.length > 2).length;
process.stdout.write(
  `Of the last ${found.length} commits that add a file to the program, ${many} touch more than two files outside their slice.\n`,
);
