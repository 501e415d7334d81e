import { expect } from 'chai';
import { onPostgresOnly, onSqliteOnly } from '../support/dialect.js';
import { rows } from '../support/rows.js';
import { ownWorld, world } from '../support/world.js';
import { readEverything, unread, type Reading } from './browsing/read-everything.js';
import { scenes } from './scenes/scenes.js';

/** Written whichever page is read: that somebody is here, what was refused, and how often something was tried or checked. */
const ALWAYS = ['sessions', 'refusals', 'rate_limits', 'certificate_checks'];

/** Written when these are read, and why. */
const MEANT: readonly (readonly [RegExp, readonly string[]])[] = [
  // Who took which file, for the log.
  [/\.(csv|zip)$|\/download$|\/acknowledgements\/:signed\.pdf$/, ['events', 'event_chains']],
  // What an auditor looked into, for both sides.
  [/^\/rooms\/:room/, ['auditor_room_readings']],
  // People leave for a provider, and come back from it: what it signed counts, whoever brings it.
  [/:provider\/to$|\/to\/:provider$|\/:provider\/test$/, ['identity_trips']],
  [/^\/sign-in\/organisation\/:id\/answer$/, ['identity_trips', 'events', 'event_chains']],
  [/\/saml\/:provider\/sign-out$/, ['events', 'event_chains']],
  // The sheet of an organisation's door has a code, which is made when it is needed for the first time.
  [/^\/organisations\/:id\/entry\/sheet$/, ['entrances']],
  // Whether the server is ready: whether it can write.
  [/^\/readyz$/, ['heartbeats']],
];

/** The events that reading records. */
const RECORDED = ['organisation.exported', 'audit-pack.taken', 'identity.refused'];

/** Of these no address is there yet, or any more: a head is signed at night, a file made on request, and an administrator was made. */
const ELSEWHERE = [
  '/ledger/head',
  '/ledger/heads/:number',
  '/account/data/exports/:id/your-data.zip',
  '/first-administrator',
];

const recorded = async () =>
  new Map(
    (await rows<{ name: string; n: number }>('select name, count(*) as n from events group by name')).map(
      ({ name, n }) => [name, Number(n)],
    ),
  );

/** What a page reads depends on the database, and how it looks does not: `every-page.test.ts` asks for the same scenes on SQLite. */
onPostgresOnly.describe('the address of every scene', function () {
  ownWorld();
  this.timeout(600_000);

  it('is answered on PostgreSQL', async () => {
    const faults: string[] = [];
    for (const { name, path, as } of await scenes()) {
      const { status } = await (as ?? world().visitor()).get(path);
      if (status >= 500) faults.push(`${name}: ${status} at ${path}`);
    }
    expect(faults).to.deep.equal([]);
  });
});

/** What a page writes, and how it is sent, does not depend on the database. */
onSqliteOnly.describe('every address', function () {
  ownWorld();
  this.timeout(1_200_000);
  let readings: Reading[];
  let [told, toldAfter] = [new Map<string, number>(), new Map<string, number>()];

  before(async () => {
    const all = await scenes();
    told = await recorded();
    readings = await readEverything(all);
    toldAfter = await recorded();
  });

  it('is read, or one like it, for every route but those named here', () => {
    expect(ELSEWHERE).to.include.members(unread(readings));
    expect(readings.filter(({ status }) => status === 500)).to.deep.equal([]);
  });

  it('writes nothing when it is read, but what is named here', () => {
    const meant = (route: string) =>
      MEANT.flatMap(([pattern, tables]) => (pattern.test(route) ? tables : []));
    const faults = readings.flatMap(({ route, path, wrote }) => {
      const other = wrote.filter(table => ![...ALWAYS, ...meant(route)].includes(table));
      return other.length > 0 ? `${route} writes ${other.join(', ')}: ${path}` : [];
    });
    expect(faults).to.deep.equal([]);
    const names = [...toldAfter].filter(([name, n]) => n !== told.get(name)).map(([name]) => name);
    expect(RECORDED).to.include.members(names);
  });

  it('names the encoding of every text: pages, CSV, JSON, XML, styles and scripts', () => {
    const texts = readings.filter(({ type }) =>
      /^text\/|[/+]xml\b|^application\/(json|javascript)/.test(type),
    );
    expect(
      texts.flatMap(({ path, type }) => (/; ?charset=utf-8\b/.test(type) ? [] : `${path}: ${type}`)),
    ).to.deep.equal([]);
    const kinds = new Set(texts.map(({ type }) => type.split(';')[0]));
    expect(kinds).to.include.all.keys(
      'text/html',
      'text/csv',
      'text/css',
      'text/plain',
      'application/json',
      'application/samlmetadata+xml',
    );
  });
});
