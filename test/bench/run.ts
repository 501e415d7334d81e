/**
 * `npm run bench`: pages and the work behind them. `-- --certificates`: signing and checking alone. `-- --journey`: a learner's whole
 * course alone; with the folders of two built checkouts, both in turns, and nothing is kept. `-- --batch 10000`: so many certificates
 * at once. `-- --rush`: 300 learners at once; `-- --rush 8 1`: eight in one minute. `-- --roster`: a list of 50,000 people.
 * `-- --standings`: training status. With DATABASE_URL the last three are measured on an empty database of PostgreSQL.
 * Each keeps its figures in `test/measured/` and writes `docs/performance.md`.
 */
const [wanted, ...rest] = process.argv.slice(2);

if (wanted === '--batch') await import('./batch/batch.js');
else if (wanted === '--certificates') await (await import('./certificates.js')).measureCertificates();
else if (wanted === '--roster') await (await import('./roster.js')).measureRoster(Number(rest[0] ?? 50_000));
else if (wanted === '--standings') await (await import('./standings/standings.js')).measureStandings(rest);
else if (wanted === '--rush') await (await import('./rush.js')).measureRush(...rest.map(Number));
else if (wanted === '--journey') await (await import('./journey/journey.js')).measureJourney(rest);
else await import('./pages/pages.js');

export {};
