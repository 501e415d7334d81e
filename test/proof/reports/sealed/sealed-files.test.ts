import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PutOff } from '../../../../server/platform/events/jobs/failures.js';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { holdFile, liftFileHold } from '../../../../server/proof/reports/sealed/hold-file.js';
import {
  failGivenUp,
  makeSealed,
  pruneSealed,
  removeSealed,
} from '../../../../server/proof/reports/sealed/make-sealed.js';
import { askForFile, findSealed } from '../../../../server/proof/reports/sealed/sealed-files.js';
import type {
  SealedAsk,
  SealedDeps,
  SealedKind,
} from '../../../../server/proof/reports/sealed/sealed-kind.js';
import { employer } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { count, row } from '../../../support/rows.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';

type Params = Readonly<Record<'lines', number>>;
type Make = (ask: SealedAsk<Params>, deps: SealedDeps) => AsyncIterable<string>;

const kindOf = (make: Make): SealedKind<Params> => ({
  ...{ kind: 'audit-pack', action: 'organisation.administer', keptDays: 10, type: 'text/plain', make },
  fileName: () => 'trial.txt',
});

const lines: Make = async function* ({ params, knownAt }, { progress }) {
  for (let at = 1; at <= params.lines; at += 1) {
    await progress(at, params.lines);
    yield `${at} ${knownAt}\n`;
  }
};

/** Somebody asked for a file of so many lines. */
async function asked(make: Make = lines, params: Params = { lines: 3 }) {
  const [organisation, by] = [await employer(), await dina()];
  const kind = kindOf(make);
  const now = Date.now();
  const ask = () => askForFile(kind, { organisationId: organisation.id, params }, { actorId: by.id, now });
  const id = await ask();
  const deps = { ...world(), clock: () => now, kinds: [kind] };
  return { id, ask, now, by: { actorId: by.id, now }, organisation, make: () => makeSealed(id, deps) };
}

const folder = () => join(world().config.dataDir, 'sealed');
const kept = (id: string) => join(folder(), `${id}.sealed`);
const stored = async (id: string) => {
  const file = await findSealed(id);
  if (!file) throw new Error('There is no such file');
  return file;
};
const eventsOf = (id: string, what: string) =>
  count('events where name = $1 and payload like $2', [`sealed-file.${what}`, `%${id}%`]);

describe('a sealed file', () => {
  ownWorld();
  // The worker would make what these tests make themselves.
  before(() => void onNudge(() => undefined));
  after(reactToNews);

  it('is made once, whole, with its size, hash and records, and says so in the chain of its organisation', async () => {
    const { id, make, now, organisation } = await asked();
    await make();
    await make();
    const bytes = readFileSync(kept(id), 'utf8');
    expect(bytes).to.equal(`1 ${now}\n2 ${now}\n3 ${now}\n`);
    const { state, size, sha256: hash, rowCount, expiresAt } = await stored(id);
    expect({ state, size: Number(size), hash, rowCount, expiresAt: Number(expiresAt) }).to.deep.equal({
      ...{ state: 'ready', size: bytes.length, hash: sha256(bytes), rowCount: 3 },
      expiresAt: now + 10 * 86_400_000,
    });
    const made = await row<{ payload: string; chain: string }>(
      `select payload, chain from events where name = 'sealed-file.made' and payload like $1`,
      [`%${id}%`],
    );
    expect(made?.chain).to.equal(organisation.id);
    expect(JSON.parse(made?.payload ?? '')).to.deep.equal({
      ...{ fileId: id, kind: 'audit-pack', size: bytes.length, sha256: sha256(bytes), rows: 3 },
    });
    expect(await eventsOf(id, 'made')).to.equal(1);
  });

  it('is one file, however often it is asked for in the same words while it is being made', async () => {
    const { id, ask, make } = await asked();
    expect(await Promise.all([ask(), ask()])).to.deep.equal([id, id]);
    expect(await eventsOf(id, 'asked')).to.equal(1);
    await make();
    expect(await ask()).not.to.equal(id);
  });

  it('is begun anew after it stopped half-way, and nothing half-made is ever its file', async () => {
    let tries = 0;
    const { id, make } = await asked(async function* (ask, deps) {
      tries += 1;
      for await (const line of lines(ask, deps)) {
        yield line;
        if (tries === 1) throw new Error('The machine went away');
      }
    });
    expect(await make().catch((fault: Error) => fault.message)).to.equal('The machine went away');
    expect(existsSync(kept(id))).to.equal(false);
    expect((await stored(id)).state).to.equal('making');
    await make();
    expect((await stored(id)).rowCount).to.equal(3);
    expect(readFileSync(kept(id), 'utf8').split('\n')).to.have.length(4);
  });

  it('is never made twice at once', async () => {
    let isGoingOn = () => {};
    const waits = new Promise<void>(done => (isGoingOn = done));
    const { id, make } = await asked(async function* (ask, deps) {
      await waits;
      yield* lines(ask, deps);
    });
    const first = make();
    let second: unknown;
    while (!second)
      second = (await stored(id)).state === 'making' && (await make().catch((fault: unknown) => fault));
    expect(second).to.be.instanceOf(PutOff);
    isGoingOn();
    await first;
    expect((await stored(id)).state).to.equal('ready');
  });

  it('goes on its day, and its row stays with its hash', async () => {
    const { id, make, now } = await asked();
    await make();
    const { expiresAt, sha256: hash } = await stored(id);
    await pruneSealed(world().config.dataDir, Number(expiresAt) - 1);
    expect(existsSync(kept(id))).to.equal(true);
    await pruneSealed(world().config.dataDir, now + 10 * 86_400_000);
    expect(existsSync(kept(id))).to.equal(false);
    expect(await stored(id)).to.include({ state: 'gone', sha256: hash });
    expect(await eventsOf(id, 'removed')).to.equal(1);
  });

  it('stays past its day, and whoever would remove it, while a legal hold stands', async () => {
    const { id, make, now, by } = await asked();
    const { dataDir } = world().config;
    await make();
    const hold = async () => holdFile(await stored(id), 'A case at court', by);
    expect([await hold(), await hold()]).to.deep.equal([true, false]);
    await removeSealed(await stored(id), dataDir, by);
    await pruneSealed(dataDir, now + 20 * 86_400_000);
    expect([existsSync(kept(id)), (await stored(id)).state]).to.deep.equal([true, 'ready']);
    const lift = async () => liftFileHold(await stored(id), by);
    expect([await lift(), await lift()]).to.deep.equal([true, false]);
    await pruneSealed(dataDir, now + 20 * 86_400_000);
    expect([existsSync(kept(id)), (await stored(id)).state]).to.deep.equal([false, 'gone']);
    expect([await eventsOf(id, 'held'), await eventsOf(id, 'hold-lifted')]).to.deep.equal([1, 1]);
  });

  it('stops being made once somebody takes it back, and leaves nothing behind', async () => {
    const { id, make, by } = await asked(async function* (ask, deps) {
      yield 'begun\n';
      await removeSealed(await stored(ask.id), world().config.dataDir, by);
      yield* lines(ask, deps);
    });
    await make();
    expect((await stored(id)).state).to.equal('gone');
    await pruneSealed(world().config.dataDir, Date.now());
    expect(readdirSync(folder()).filter(name => name.startsWith(id))).to.deep.equal([]);
  });

  it('has failed once an administrator gives up the job that makes it', async () => {
    const { id } = await asked();
    const job = await row<{ id: string }>(
      `select j.id from jobs j join events e on e.id = j.event_id where e.payload like $1`,
      [`%${id}%`],
    );
    const news = { jobId: job?.id ?? '', eventId: null, attempts: 1, failure: null };
    await failGivenUp({ ...news, reaction: 'rosters.import' });
    expect((await stored(id)).state).not.to.equal('failed');
    await failGivenUp({ ...news, reaction: 'sealed-files.make' });
    expect((await stored(id)).state).to.equal('failed');
  });
});
