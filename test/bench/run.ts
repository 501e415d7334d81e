/** `npm run bench`: pages and the work behind them. `-- --certificates`: signing and checking alone. `-- --batch 10000`: so many at once. */
const [wanted] = process.argv.slice(2);
if (wanted === '--batch') await import('./batch.js');
else if (wanted === '--certificates') {
  const { certificateLines } = await import('./certificates.js');
  process.stdout.write(`${(await certificateLines()).join('\n')}\n`);
} else await import('./pages.js');

export {};
