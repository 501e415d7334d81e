import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import {
  certificatePapers,
  type PapersParams,
} from '../../../../server/proof/reports/packs/papers/certificate-papers.js';
import { employer, placeIn, unit } from '../../../support/organisations.js';
import { dina, signedIn } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { almostThrough, course } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { titlesIn } from '../described.js';

const ALL: PapersParams = { unitId: null, course: null, since: null, until: null, size: 'a4' };

describe('many certificates on paper', () => {
  ownWorld();
  let organisationId = '';
  let base = '';

  async function earned(name: string, unitId: string | null) {
    const somebody = await signedIn({ name });
    if (unitId) await placeIn(somebody, unitId);
    const cycle = await enrol({
      userId: somebody.id,
      organisationId,
      course: await course(),
      now: Date.now(),
    });
    await almostThrough(cycle, []);
    const certificate = await certificateOf(cycle.id);
    if (!certificate) throw new Error('No certificate was issued');
    return { ...somebody, certificate };
  }

  async function files(params: Partial<PapersParams> = {}, drawing = world().papers) {
    const ask = { id: 'x', organisationId, params: { ...ALL, ...params }, knownAt: Date.now() };
    const deps = { ...world(), papers: drawing, clock: Date.now, progress: () => Promise.resolve() };
    const zip = unzipSync(await buffer(certificatePapers.make(ask, deps)));
    const index = Buffer.from(zip['index.csv'] ?? []).toString();
    return { zip, index, names: Object.keys(zip).filter(name => !name.startsWith('index.csv')) };
  }

  let ada: Awaited<ReturnType<typeof earned>>;
  let layla: Awaited<ReturnType<typeof earned>>;
  before(async () => {
    const organisation = await employer();
    organisationId = organisation.id;
    base = await unit(organisation, 'Oslo');
    [ada, layla] = [await earned('Ada Marlow', base), await earned('ليلى حداد', null)];
    const set = await earned('Set Aside', null);
    await suspend(
      set.certificate,
      { reason: 'under-review', note: null },
      { actorId: (await dina()).id, now: Date.now() },
    );
  });

  it('are the papers that each holder downloads, with a list, without those that do not stand', async () => {
    const { zip, index, names } = await files();
    expect(names.map(name => name.split(',')[0])).to.have.members(['Ada Marlow', 'ليلى حداد']);
    const own = await ada.browser.bytes(`/certificates/${ada.certificate.id}/certificate.pdf`);
    const name = names.find(each => each.startsWith('Ada')) ?? '';
    expect(Buffer.from(zip[name] ?? []).equals(own)).to.equal(true);
    expect(index).to.include(sha256(own)).and.include(ada.certificate.sha256).and.include(`"${name}"`);
    expect(index.trim().split('\r\n')).to.have.length(3);
    const said = Buffer.from(zip['index.csv-metadata.json'] ?? []).toString();
    expect(titlesIn(said)).to.equal(index.replace('\ufeff', '').split('\r\n')[0]);
  });

  it('are narrowed to a unit, a course and days', async () => {
    const named = async (params: Partial<PapersParams>) =>
      (await files(params)).names.map(name => name.split(',')[0]);
    expect(await named({ unitId: base })).to.deep.equal(['Ada Marlow']);
    expect(await named({ course: 'volunteers' })).to.deep.equal([]);
    expect(await named({ until: Date.now() - 86_400_000 })).to.deep.equal([]);
    expect(await named({ since: Date.now() - 86_400_000 })).to.have.length(2);
  });

  it('are drawn once: what is on disk already is not drawn again', async () => {
    const { thread } = world().papers;
    let drawn = 0;
    const counted = {
      ...thread,
      draw: (order: Parameters<typeof thread.draw>[0]) => ((drawn += 1), thread.draw(order)),
    };
    Object.assign(world().papers, { thread: counted });
    await files({ size: 'letter' });
    await files({ size: 'letter' });
    Object.assign(world().papers, { thread });
    expect(drawn).to.equal(2);
  });

  it('leave out a certificate that somebody edited, and name it in the list', async () => {
    await write(`update certificates set holder_name = 'Eve' where id = $1`, [layla.certificate.id]);
    const { names, index } = await files();
    await write(`update certificates set holder_name = $2 where id = $1`, [
      layla.certificate.id,
      'ليلى حداد',
    ]);
    expect(names).to.have.length(1);
    expect(index).to.include(layla.certificate.id);
  });
});
