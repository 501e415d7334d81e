import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../server/config.js';
import { documents, faultsOf, linksOf, textOf, type Known } from './support/documents.js';
import { runProgram } from './support/programs/program.js';

/** Scripts that npm runs by itself: before another one, or when it packs. */
const BY_ITSELF = /^pre/;

/** The longest that an entry of the changelog may be, in characters. */
const LONGEST_ENTRY = 130;

const { scripts } = JSON.parse(textOf('package.json') ?? '') as { scripts: Record<string, string> };

const settings = [...(textOf('server/config.ts') ?? '').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
  ([, name = '']) => name,
);

const source = readdirSync(join(projectRoot, 'server'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => textOf(join('server', name)))
  .join('\n');

const lines = (text: string): number => text.trimEnd().split('\n').length;
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const entriesOf = (text: string): string[] => text.slice(text.indexOf('\n## ')).split('\n').filter(Boolean);

/** What is wrong with lines of the changelog: each is a heading, a note of a version, or an entry in one line. */
const faultsOfEntries = (text: string): string[] =>
  entriesOf(text).filter(
    line =>
      !/^## \[|^### (Added|Changed|Deprecated|Removed|Fixed|Security)$|^This will be /.test(line) &&
      !(/^- \S/.test(line) && line.length <= LONGEST_ENTRY),
  );

describe('the documents', () => {
  const all = documents();
  let known: Known;

  before(async () => {
    const { err: usage } = await runProgram('cli', [], {});
    known = {
      usage,
      settings,
      scripts: Object.keys(scripts),
      isFile: path => existsSync(join(projectRoot, path)),
      read: textOf,
      isConstant: name => source.includes(`const ${name} `) || source.includes(`const ${name}:`),
    };
  });

  it('name only what exists', () => {
    expect(all.flatMap(document => faultsOf(document, known))).to.deep.equal([]);
  });

  it('stay short: README 150 lines and 1,500 words, CONTRIBUTING 120 lines', () => {
    const [readme, contributing] = [textOf('README.md') ?? '', textOf('CONTRIBUTING.md') ?? ''];
    expect(lines(readme)).to.be.at.most(150);
    expect(words(readme)).to.be.at.most(1500);
    expect(lines(contributing)).to.be.at.most(120);
  });

  it('have one line for each entry of the changelog', () => {
    expect(faultsOfEntries(textOf('CHANGELOG.md') ?? '')).to.deep.equal([]);
  });

  it('describe each setting, for operators', () => {
    const rows = (textOf('docs/operating.md') ?? '').split('\n').filter(line => line.startsWith('| `'));
    const described = rows.flatMap(row => row.split('|')[1]?.match(/[A-Z_]{2,}/g) ?? []);
    expect(settings.length).to.be.greaterThan(10);
    expect(described).to.have.members(settings);
  });

  it('name each script of package.json', () => {
    const text = all.map(document => document.text).join('\n');
    const unnamed = Object.keys(scripts).filter(
      name => !BY_ITSELF.test(name) && !new RegExp(`npm (run (--silent )?)?${name}(?![\\w:])`).test(text),
    );
    expect(unnamed).to.deep.equal([]);
  });

  it('are linked by another document, each of them', () => {
    const linked = new Set(all.flatMap(linksOf));
    const alone = all.filter(({ path }) => path !== 'README.md' && !linked.has(path));
    expect(alone.map(({ path }) => path)).to.deep.equal([]);
  });

  describe('find each planted fault:', () => {
    const planted: [string, string, RegExp][] = [
      ['a link to a lost file', '[Old](nowhere.md)', /docs\/nowhere\.md/],
      ['a link to a lost heading', '[Keys](operating.md#locks)', /#locks/],
      ['a link to a lost heading of its own', '[Up](#nowhere)', /#nowhere/],
      ['a lost file', 'Read `server/nowhere.ts`.', /server\/nowhere\.ts/],
      ['a lost folder in a command', '```sh\nsudo cp deploy/nowhere /etc\n```', /deploy\/nowhere/],
      ['a script that is none', 'Run `npm run nothing`.', /npm run nothing/],
      ['a script that is none, silent', '`npm run --silent nothing > file`', /npm run nothing/],
      ['a command that is none', '`npm run cli -- forget EMAIL`', /command forget/],
      ['a verb that a command lacks', '`npm run cli -- keys forget KEY`', /forget of the command keys/],
      ['an option that a command lacks', '`npm run cli -- verify-ledger --half`', /--half/],
      ['a setting that is none', 'Set `BASE_URI` first.', /BASE_URI/],
      ['a setting that is none, with a value', '`TRUST_PROXIES=1`', /TRUST_PROXIES/],
    ];
    for (const [what, text, words] of planted) {
      it(what, () => {
        const [fault = '', ...others] = faultsOf({ path: 'docs/planted.md', text }, known);
        expect(fault).to.match(words);
        expect(others).to.deep.equal([]);
      });
    }

    it('an entry of two lines, a long one, and a heading of its own', () => {
      const entries = ['- Two\n  lines.', `- ${'Long '.repeat(40)}`, '### Improved'];
      for (const entry of entries)
        expect(faultsOfEntries(`# Changelog\n\n## [Unreleased]\n\n${entry}\n`)).to.have.length(1);
    });

    it('nothing in what is right', () => {
      const text =
        '[Keys](operating.md#keys), `server/config.ts`, `npm start`, `npm run cli -- keys compromise KEY --yes`, `TRUST_PROXY=1`, `modules/<module>/quiz.yaml`';
      expect(faultsOf({ path: 'docs/planted.md', text }, known)).to.deep.equal([]);
    });
  });
});
