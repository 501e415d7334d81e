import { parseArgs } from 'node:util';
import { projectRoot } from '../../../server/config.js';
import { bodiesIn, drawSentences } from './draw-sentences.js';

// `npm run sentences -- --seed after-1 [--count 150]`: sentences of each body of text, drawn by chance, for readers to judge.

const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string', default: '150' } },
});
if (!values.seed) throw new Error('Name a seed: npm run sentences -- --seed after-1');

for (const [body, texts] of Object.entries(bodiesIn(projectRoot))) {
  process.stdout.write(`\n# ${body}\n\n`);
  drawSentences(texts, { seed: values.seed, count: Number(values.count) }).forEach((sentence, index) => {
    process.stdout.write(`${body}-${index + 1}. ${sentence}\n`);
  });
}
