/**
 * `npm run bench`: pages and the work behind them. `-- --certificates`: signing and checking alone. `-- --batch 10000`: so
 * many at once. `-- --roster`, `-- --roster 10000`: a list of 50,000 people, or of so many; with DATABASE_URL on PostgreSQL. `-- --journey`: a learner's whole journey alone; with the folders of two built checkouts, both in turns.
 * `-- --rush`: 300 learners at once.
 */
const [wanted, ...rest] = process.argv.slice(2);
const say = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);

if (wanted === '--batch') await import('./batch/batch.js');
else if (wanted === '--certificates') say(await (await import('./certificates.js')).certificateLines());
else if (wanted === '--roster')
  say(await (await import('./roster.js')).rosterLines(Number(rest[0] ?? 50_000)));
else if (wanted === '--standings') say(await (await import('./standings/standings.js')).standingLines(rest));
else if (wanted === '--rush') say(await (await import('./rush.js')).rushLines(...rest.map(Number)));
else if (wanted === '--journey') say(await (await import('./journey/journey.js')).journeyLines(rest));
else await import('./pages/pages.js');

export {};
