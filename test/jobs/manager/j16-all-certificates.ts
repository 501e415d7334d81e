import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { certificateOf } from '../../../server/proof/certificates/queries.js';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { visit } from '../../journeys/browsing/visit.js';
import { employer } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { almostThrough, course } from '../../support/walk.js';

export const id = 'J16';
export const title =
  'asked for all certificates of an organisation, went on with other work, and unpacked PDFs under the names of people, with a list';

const NAMES = ['Ada Marlow', 'ليلى حداد', 'Łukasz Żuraw'];

export async function walk(): Promise<void> {
  const { id: organisationId } = await employer();
  const codes: string[] = [];
  for (const name of NAMES) {
    const { id: userId } = await signedIn({ name });
    const cycle = await enrol({ userId, organisationId, course: await course(), now: Date.now() });
    await almostThrough(cycle, []);
    codes.push((await certificateOf(cycle.id))?.sha256 ?? '');
  }
  const ben = await signedIn({ name: 'Ben Okafor' });
  await appoint(ben, 'manager', organisationId);

  const { page, expectQuiet, close } = await visit(ben.browser, { viewport: { width: 360, height: 740 } });
  await page.goto(`/organisations/${organisationId}/evidence`);
  await page.getByRole('link', { name: said('evidence.part.papers'), exact: true }).click();
  await page.getByRole('button', { name: said('evidence.make') }).click();
  await page.waitForURL(/\/evidence\/files\//);
  const file = page.url();
  await page.goto('/learning');
  await page.goto(file);
  const link = page.getByRole('link', { name: said('evidence.download') });
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const zip = unzipSync(readFileSync(await download.path()));
  expectQuiet();
  await close();

  const papers = Object.keys(zip).filter(name => name.endsWith('.pdf'));
  expect(papers.map(name => name.split(',')[0])).to.have.members(NAMES);
  for (const name of papers)
    expect(
      Buffer.from(zip[name] ?? [])
        .subarray(0, 5)
        .toString(),
      name,
    ).to.equal('%PDF-');
  const index = Buffer.from(zip['index.csv'] ?? []).toString();
  for (const each of [...papers, ...codes]) expect(index).to.include(each);
}
