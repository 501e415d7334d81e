import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import en from '../../server/i18n/en.json' with { type: 'json' };

/** Texts whose key is put together by code, or handed on as data: a test cannot find them by reading. */
const CHOSEN_BY_CODE = /^(errors|reasons)\.|^mail\.\w+\.subject$/;

/** What looks like a key but is a file or a host. */
const NOT_A_KEY = /\.(css|svg|js|ts|json|ejs|yaml|md|png|pdf|sqlite|key|lock)$/;

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['views', 'server'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(ejs|ts)$/.test(path))
    .map(path => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') })),
);

type Texts = { readonly [key: string]: string | Texts };

const flatten = (texts: Texts, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [before + key] : flatten(text, `${before}${key}.`),
  );

const keys = flatten(en);
const withoutPlural = new Set(keys.map(key => key.replace(/_(zero|one|two|few|many|other)$/, '')));

describe('keys of the texts', () => {
  it('exist wherever one is used', () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)]
        .map(match => match[1] ?? '')
        .filter(key => /^[a-z]\w*(\.[\w-]+)+$/.test(key) && !NOT_A_KEY.test(key) && !withoutPlural.has(key))
        .map(key => `${path}: ${key}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('are all used', () => {
    const all = sources.map(source => source.text).join('\n');
    const unused = [...withoutPlural].filter(key => !CHOSEN_BY_CODE.test(key) && !all.includes(`'${key}'`));
    expect(unused).to.deep.equal([]);
  });

  it('have a form for one and for many wherever they count', () => {
    const ones = keys.filter(key => key.endsWith('_one')).map(key => key.replace(/_one$/, ''));
    const others = keys.filter(key => key.endsWith('_other')).map(key => key.replace(/_other$/, ''));
    expect(ones).to.deep.equal(others);
  });
});
