import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** The names that the frame gives the links of its navigation. */
const links = [...read('views/layout.ejs').matchAll(/\['([\w-]+)', '\/[^']*', '[\w.]+'\]/g)].map(
  ([, name]) => name,
);

const routes = readdirSync(join(projectRoot, 'server'), { recursive: true, encoding: 'utf8' }).filter(path =>
  /\/routes[\w-]*\.ts$/.test(path),
);

/** The entries that a file of routes names: every text in `nav: 'admin'` or `nav = isOwn ? 'certificates' : …`. */
const entriesIn = (path: string) =>
  [...read(join('server', path)).matchAll(/\bnav(?::| =) ([^,;}]*)/g)].flatMap(([, value = '']) =>
    [...value.matchAll(/'([^']*)'/g)].map(([, entry]) => ({ path, entry })),
  );

describe('the navigation', () => {
  it('has a link for every entry that a page names', () => {
    const named = routes.flatMap(entriesIn);
    expect(named.map(({ entry }) => entry)).to.include.members(['sign-in', 'certificates', 'admin']);
    expect(named.filter(({ entry }) => !links.includes(entry))).to.deep.equal([]);
  });
});
