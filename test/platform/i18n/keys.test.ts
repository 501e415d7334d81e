import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { en, type Texts } from '../../../server/platform/i18n/texts.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = ['views', 'server'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(ejs|ts)$/.test(path))
    .map(path => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') })),
);

const PLURAL = /_(zero|one|two|few|many|other)$/;

const flatten = (texts: Texts, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [before + key] : flatten(text, `${before}${key}.`),
  );

const keys = flatten(en);

/** The text of a key, whose parts are separated by dots. */
function textOf(key: string): string {
  let found: Texts | string | undefined = en;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : '';
}
const known = new Set(keys.map(key => key.replace(PLURAL, '')));

/** Every key of a call `t('slice.key')`, of a form's message `'errors.key'`, and in a template every quoted key that is no file's name. */
const literals = sources.flatMap(({ path, text }) => {
  const patterns = [/\b(?:t|spoken)\(\s*'([a-z]\w*(?:\.[\w-]+)+)'/g, /'(errors\.[\w-]+)'/g];
  if (path.endsWith('.ejs'))
    patterns.push(new RegExp(`'((?:${Object.keys(en).join('|')})(?:\\.[\\w-]+)+)'`, 'g'));
  return patterns
    .flatMap(pattern => [...text.matchAll(pattern)].map(match => ({ path, key: match[1] ?? '' })))
    .filter(({ key }) => !/\.(js|css|svg)$/.test(key));
});

/** The fixed prefixes of keys that code puts together: `t(`quiz.rule.${rule}`)`. */
const beginnings = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\b(?:t|spoken)\(\s*`([\w.-]+\.)\$\{/g)].map(match => ({
    path,
    beginning: match[1] ?? '',
  })),
);

describe('keys of the texts', () => {
  it('exist wherever one is used', () => {
    const missing = literals.filter(({ key }) => !known.has(key)).map(({ path, key }) => `${path}: ${key}`);
    expect(missing).to.deep.equal([]);
  });

  it('exist for every prefix that code completes', () => {
    const missing = beginnings
      .filter(({ beginning }) => !keys.some(key => key.startsWith(beginning)))
      .map(({ path, beginning }) => `${path}: ${beginning}`);
    expect(missing).to.deep.equal([]);
  });

  it('are all used', () => {
    const named = new Set(sources.flatMap(({ text }) => text.match(/(?<=')[\w.-]+(?=')/g) ?? []));
    const unused = [...known].filter(
      key => !named.has(key) && !beginnings.some(({ beginning }) => key.startsWith(beginning)),
    );
    expect(unused).to.deep.equal([]);
  });

  it('exist for every limit that can be reached, and every action that can be refused', () => {
    const named = sources.flatMap(({ path, text }) => [
      ...text.matchAll(/name: '([\w-]+)',\s*points:/g),
      ...(path === join('server', 'policy.ts') ? text.matchAll(/^  '([a-z]+\.[a-z]+)'/gm) : []),
    ]);
    const missing = named.map(([, name]) => `refused.${name}`).filter(key => !known.has(key));
    expect(named).to.have.length.above(50);
    expect(missing).to.deep.equal([]);
  });

  it('count by plural forms, never by a text that fits only many', () => {
    const counting = keys.filter(key => /\{count\b/.test(textOf(key)) && !PLURAL.test(key));
    // A number in a cell, without a noun.
    expect(counting).to.deep.equal(['numbers.countAndShare']);
  });

  it('are asked for in the language of the request by every route', () => {
    const fixed = sources.filter(
      ({ path, text }) => /routes[^/]*\.ts$/.test(path) && /translator\('|locale: '/.test(text),
    );
    expect(fixed.map(({ path }) => path)).to.deep.equal([]);
  });

  it('have a form for one and for many wherever they count', () => {
    const ones = keys.filter(key => key.endsWith('_one')).map(key => key.replace(/_one$/, ''));
    const others = keys.filter(key => key.endsWith('_other')).map(key => key.replace(/_other$/, ''));
    expect(ones).to.deep.equal(others);
  });
});
