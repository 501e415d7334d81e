import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { projectRoot } from '../../../server/config.js';
import { isIn } from '../../../server/workshop/language/find-language.js';
import { sentences } from '../../../server/platform/lib/text/sentences.js';
import { repositoryPatterns } from './repository-patterns.js';
import { repositoryTexts, type RepositoryText } from './repository-texts.js';

const FILE = new URL('held-counts.json', import.meta.url);

type Counts = Record<RepositoryText['body'], Record<string, number>>;

/** How many sentences each pattern finds in documents, comments and titles of tests, and how many it may find. */
describe('the language of documents, comments and titles', () => {
  const counts: Counts = { documents: {}, comments: {}, titles: {} };
  const found = new Map<string, string[]>();
  before(() => {
    for (const { body, file, text } of repositoryTexts(projectRoot))
      for (const sentence of sentences(text))
        for (const { name } of repositoryPatterns.filter(pattern => isIn(pattern, sentence))) {
          counts[body][name] = (counts[body][name] ?? 0) + 1;
          const key = `${body} ${name}`;
          found.set(key, [...(found.get(key) ?? []), `${file}: ${sentence}`]);
        }
    if (process.env['HELD'] === 'write') writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);
  });

  for (const body of ['documents', 'comments', 'titles'] as const)
    for (const { name, better } of repositoryPatterns)
      it(`has no more “${name}” in ${body}`, () => {
        const held = (JSON.parse(readFileSync(FILE, 'utf8')) as Counts)[body][name] ?? 0;
        const now = counts[body][name] ?? 0;
        expect(now, `write: ${better}\n${found.get(`${body} ${name}`)?.join('\n')}`).to.be.at.most(held);
        expect(now, `held-counts.json allows ${held}: lower it`).to.equal(held);
      });
});
