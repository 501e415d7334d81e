import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { tableOf, type Figure, type Run } from './figure.js';
import { performancePage, type Subject } from './performance-page.js';

const MEASURED = join(projectRoot, 'test', 'measured');
export const PAGE = join(projectRoot, 'docs', 'performance.md');

/** Print what was measured, keep it as the newest run of its subject, and write \`docs/performance.md\` from all. */
export function keep(subject: Subject, figures: readonly Figure[]): void {
  const onPostgres = process.env.DATABASE_URL?.startsWith('postgres') === true;
  const run: Run = {
    subject: onPostgres ? `${subject}-postgres` : subject,
    command: command(onPostgres),
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short=8', 'HEAD'], {
      cwd: projectRoot,
      encoding: 'utf8',
    }).trim(),
    machine: `${process.platform} ${process.arch}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    figures: figures.map(figure => ({ ...figure, value: Number(figure.value.toPrecision(4)) })),
  };
  process.stdout.write(`${['', ...tableOf(run.figures), ''].join('\n')}\n`);
  mkdirSync(MEASURED, { recursive: true });
  writeFileSync(join(MEASURED, `${run.subject}.json`), `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(PAGE, performancePage(keptRuns()));
}

/** All runs that are kept, the newest of each subject. */
export const keptRuns = (): Run[] =>
  readdirSync(MEASURED)
    .sort()
    .map(name => JSON.parse(readFileSync(join(MEASURED, name), 'utf8')) as Run);

/** How to measure the same once more. */
function command(onPostgres: boolean): string {
  const [, program = '', ...args] = process.argv;
  const { npm_lifecycle_event: script } = process.env;
  const started = script ? `npm run ${script}` : `npx tsx ${relative(projectRoot, program)}`;
  const parts = [started, ...(script && args.length > 0 ? ['--'] : []), ...args];
  return `${onPostgres ? 'DATABASE_URL=… ' : ''}${parts.join(' ')}`;
}
