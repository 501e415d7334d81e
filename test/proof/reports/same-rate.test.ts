import { expect } from 'chai';
import { daysAfter } from '../../../server/platform/lib/days.js';
import { completionSentences, completionTexts } from '../../../server/proof/requirements/completion-rate.js';
import { makeExemption } from '../../../server/proof/requirements/exemptions/exemptions.js';
import { member } from '../../support/organisations.js';
import { plain } from '../../support/pages.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';
import { reckoned } from './reckoned.js';
import { auditorIn, office, roomMade, roomOpened, someAuditor, type Office } from './rooms/of-rooms.js';

/** One is current, two are overdue, three have time left, and one is exempt. */
const TALLY = { current: 1, overdue: 2, 'not-yet-due': 3, waived: 1 };
const TEXTS = completionTexts(TALLY, { graceCounts: false });

/** The parts of the rate on a page, in their order. */
const rateOn = (text: string): string[] =>
  [...text.matchAll(/data-share(?:-parts|-due|-outside)?>([^<]*)</g)].map(([, part = '']) => plain(part));

describe('the completion rate', () => {
  ownWorld();
  let of: Office;

  before(async () => {
    of = await office();
    const { organisation, requirementId, keeper, ago, unitId } = of;
    const people: string[] = [];
    for (let at = 0; at < 4; at++)
      people.push(
        await member(organisation, {
          ...{ name: `New ${at}`, fromDay: ago(0), hiredOn: ago(0) },
          home: { unitId, job: 'Cabin crew' },
        }),
      );
    await reckoned(organisation);
    const exempt = { organisation, requirementId, membershipId: people[0] ?? '' };
    await makeExemption(
      { ...exempt, actorId: keeper.id, now: Date.now() },
      { kind: 'waiver', reason: 'operations', note: '', fromDay: ago(0), toDay: ago(-30), dueDay: null },
    );
    await reckoned(organisation);
  });

  const page = async (path: string) => {
    const found = await of.keeper.browser.get(path);
    expect(found.status, path).to.equal(200);
    return found.text;
  };

  it('is the same on every page of an organisation, of a requirement and of an auditor’s room', async () => {
    const home = `/organisations/${of.organisation.id}`;
    const rate = [TEXTS.share, TEXTS.parts, TEXTS.due, TEXTS.outside].map(part => plain(part ?? ''));
    expect(rate[0]).to.equal(plain(said('completion.share', { share: 0.16 })));
    const standings = `${home}/standings`;
    const tomorrow = daysAfter(of.ago(0), 1);
    for (const path of [
      `${home}/requirements/${of.requirementId}`,
      ...[
        standings,
        `${standings}?unit=${of.unitId}`,
        `${standings}?on=${of.ago(0)}`,
        `${standings}?on=${tomorrow}`,
      ],
    ])
      expect(rateOn(await page(path)), path).to.deep.equal(rate);
    expect(plain(await page(`${home}/requirements`))).to.include(rate.join(' '));
    const email = someAuditor();
    const roomId = await roomMade(of, { email });
    await roomOpened(of, roomId);
    const auditor = await auditorIn(email);
    const room = `/rooms/${roomId}`;
    expect(rateOn((await auditor.get(room)).text)).to.deep.equal(rate);
    const [year, month, day] = of.ago(0).split('-');
    const days = ['from', 'to'].map(name => `${name}-year=${year}&${name}-month=${month}&${name}-day=${day}`);
    const changes = plain((await auditor.get(`${room}/changes?${days.join('&')}`)).text);
    expect(changes.split(plain(completionSentences(TEXTS)))).to.have.length(3);
  });
});
