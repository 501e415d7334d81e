import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../server/config.js';
import { slices } from '../server/slices.js';
import { importsOf, sliceOf, type SourceFile } from './support/architecture.js';

const LIST = 'server/slices.ts';

/** The most lines of a door: a longer one belongs to a slice that needs rooms with their own routers. */
const LONGEST_DOOR = 61;

const source: readonly SourceFile[] = readdirSync(join(projectRoot, 'server'), {
  recursive: true,
  encoding: 'utf8',
})
  .map(name => join('server', name))
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));

const names = slices.map(({ name }) => name);

/** The slices that nothing outside them imports, apart from the list. */
const alone = names.filter(name =>
  source.every(
    file =>
      file.path === LIST ||
      sliceOf(file.path) === name ||
      importsOf(file).every(({ target }) => sliceOf(target) !== name),
  ),
);

describe('slices', () => {
  it('are all in the list, each with its door', () => {
    const doors = source.filter(({ path }) => path.endsWith('/slice.ts')).map(({ path }) => sliceOf(path));
    expect(doors.sort()).to.deep.equal([...names].sort());
  });

  it('have doors that fit on one screen', () => {
    const long = source.filter(
      ({ path, text }) => path.endsWith('/slice.ts') && text.split('\n').length > LONGEST_DOOR,
    );
    expect(long.map(({ path }) => path)).to.deep.equal([]);
  });

  it('can be removed if no other imports them: the rest compiles and starts', async () => {
    expect(alone).to.include.members(['bots', 'design', 'exchange', 'smoke']);
    const folder = treeWithout(alone);
    try {
      execFileSync(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-p', folder], {
        encoding: 'utf8',
      });
      expect(await firstWords(folder)).to.include('Safe Passage is ready');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A copy of what compiles and runs, without some slices and their lines in the list. Returns its folder. */
function treeWithout(left: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-slices-'));
  const isLeft = (path: string) => left.includes(sliceOf(path.slice(projectRoot.length + 1)));
  cpSync(join(projectRoot, 'server'), join(folder, 'server'), {
    recursive: true,
    filter: path => !isLeft(path),
  });
  for (const name of ['migrations', 'package.json', 'dist/views/values.ts', 'tsconfig.json']) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  for (const name of ['modules', 'node_modules', 'views'])
    symlinkSync(join(projectRoot, name), join(folder, name));
  const settings = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...settings, include: ['server'] }));
  writeFileSync(join(folder, LIST), listWithout(left));
  return folder;
}

function listWithout(left: readonly string[]): string {
  const text = readFileSync(join(projectRoot, LIST), 'utf8');
  return left.reduce((list, name) => {
    const found = new RegExp(`^import \\{ door as (\\w+) \\} from '\\./(?:.+/)?${name}/slice\\.js';\\n`, 'm');
    const [line = '', door = ''] = found.exec(list) ?? [];
    return list.replace(line, '').replace(`  ${door},\n`, '');
  }, text);
}

/** What the program says when it has started. */
function firstWords(folder: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    SETTINGS_FILE: '/dev/null',
    LOG_LEVEL: 'fatal',
  };
  const started = spawn(process.execPath, ['--import', 'tsx', join(folder, 'server/main.ts')], {
    cwd: folder,
    env,
  });
  return new Promise((done, failed) => {
    let said = '';
    const listen = (words: Buffer) => {
      said += words.toString();
      if (said.includes('\n')) started.kill('SIGKILL');
    };
    started.stdout.on('data', listen);
    started.stderr.on('data', listen);
    started.on('error', failed);
    started.on('exit', () => done(said));
  });
}
