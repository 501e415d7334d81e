import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';

/** The files below a folder, with their texts. */
const filesBelow = (folder: string, ending: RegExp): [string, string][] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .map(name => [`${folder}/${name}`, readFileSync(join(projectRoot, folder, name), 'utf8')]);

const server = filesBelow('server', /\.ts$/);
const where = (files: readonly [string, string][], pattern: RegExp): string[] =>
  files.flatMap(([name, text]) => (pattern.test(text) ? name : [])).sort();

interface Lock {
  readonly packages: Readonly<
    Record<string, { dev?: boolean; link?: boolean; version?: string; integrity?: string }>
  >;
}

describe('the source', () => {
  it('starts programs without a shell, and only to copy a database and for the smoke run', () => {
    expect(where(server, /child_process/)).to.deep.equal([
      'server/workshop/backup/database-copy.ts',
      'server/workshop/smoke/server.ts',
    ]);
    expect(where(server, /shell: (?:true|['"])/)).to.deep.equal([]);
  });

  it('compiles templates in one file, from the folder of views alone', () => {
    expect(where(server, /from 'ejs'/)).to.deep.equal(['server/platform/http/templates.ts']);
    const templates = server.find(([name]) => name === 'server/platform/http/templates.ts')?.[1] ?? '';
    expect(templates.match(/ejs\.\w+\([^,]*/g)).to.deep.equal(['ejs.compile(source']);
    expect(templates.match(/\bsource = [^;]*/g)).to.deep.equal([
      "source = readFileSync(join(root, path), 'utf8')",
    ]);
    expect(where(server, /\bnew Function\(|\beval\(/)).to.deep.equal([]);
  });

  it('reads YAML in two files, as data, and makes no object of a foreign class', () => {
    expect(where(server, /from '(?:yaml|js-yaml)'/)).to.deep.equal([
      'server/teaching/content/load/yaml-source.ts',
      'server/workshop/exchange/quiz-yaml.ts',
    ]);
    expect(where(server, /customTags|\bunsafeLoad\b/)).to.deep.equal([]);
  });

  it('hinders nobody from pasting a password, or from letting a program keep it', () => {
    expect(where(filesBelow('views/assets', /\.js$/), /['"]paste['"]/)).to.deep.equal([]);
    const fields = filesBelow('views', /\.ejs$/).filter(([, text]) => /type="password"/.test(text));
    expect(fields.map(([name]) => name)).to.deep.equal(['views/components/forms/password-field.ejs']);
    expect(where(fields, /autocomplete="off"/)).to.deep.equal([]);
  });

  it('puts no password, PIN or token of a form into an address', () => {
    const sent = filesBelow('views', /\.ejs$/).flatMap(([name, text]) =>
      (text.match(/<form[^>]*method="get"[^]*?<\/form>/g) ?? []).map((form): [string, string] => [
        name,
        form,
      ]),
    );
    expect(sent.length).to.be.above(15);
    expect(where(sent, /password|csrf|(?:name: '|name=")(?:pin|token|secret)/i)).to.deep.equal([]);
    expect(where(filesBelow('views', /\.ejs$/), /<form(?![^>]*method="(?:get|post)")/)).to.deep.equal([]);
  });

  it('lists its parts: each that runs is pinned, with its hash', () => {
    const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as Lock;
    const running = Object.entries(packages).filter(([name, { dev, link }]) => name !== '' && !dev && !link);
    expect(running.length).to.be.above(50);
    for (const [name, { version, integrity }] of running) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+/);
      expect(integrity, name).to.match(/^sha512-/);
    }
  });
});
