import { expect } from 'chai';
import { library } from '../../../../server/teaching/courses/catalogue.js';
import { modelAddresses } from '../../../../server/teaching/quizzes/preview/models-page.js';
import { bestPath, writePath } from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { questionTypes } from '../../../../server/teaching/questions/question-types.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { optionsOf } from '../../../support/answers.js';
import { plain } from '../../../support/pages.js';
import { ada, dina, signedIn } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

async function models() {
  const { models: published } = await library();
  if (!published) throw new Error('There are no models');
  return published;
}

const paths = (text: string): string[] => linksIn(text, /^\/admin\/preview\//);

describe('a preview of the models', () => {
  ownWorld();

  it('leads from the previews to each item and each case', async () => {
    const { browser } = await dina();
    expect(paths((await browser.get('/admin/preview')).text)).to.include(modelAddresses.list);
    const { items, scenarios } = await models();
    const { text } = await browser.get(modelAddresses.list);
    expect(paths(text)).to.include.members([
      ...items.map(({ id }) => modelAddresses.item(id)),
      ...scenarios.map(({ id }) => modelAddresses.case(id)),
    ]);
    for (const job of items.flatMap(({ roles = [] }) => roles))
      expect(plain(text)).to.include(said(`job.name.${job}`));
  });

  it('shows every item with its feedback', async () => {
    const { browser } = await dina();
    for (const item of (await models()).items) {
      const { status, text } = await browser.get(modelAddresses.item(item.id));
      expect(status, item.id).to.equal(200);
      const [option] = optionsOf(item);
      expect(plain(text), item.id).to.include(plain(option?.feedback ?? item.stem));
    }
  });

  it('shows what is right of each question that an item asks, and for which jobs it is written', async () => {
    const { browser } = await dina();
    for (const item of (await models()).items) {
      const { text } = await browser.get(modelAddresses.item(item.id));
      const lists = text.split('<ul class="lined" data-key>').slice(1);
      const parts = new Set(
        questionTypes
          .of(item)
          .choices(item)
          .map(({ part }) => part),
      );
      expect(lists.length, item.id).to.equal(parts.size);
      for (const job of item.roles ?? []) expect(plain(text), item.id).to.include(said(`job.name.${job}`));
    }
  });

  it('plays a case to its end', async () => {
    const { browser } = await dina();
    for (const scenario of (await models()).scenarios) {
      const at = (path: string) => browser.get(`${modelAddresses.case(scenario.id)}?path=${path}`);
      const first = await at('');
      expect(plain(first.text), scenario.id).to.include(plain(scenario.nodes[0]?.question ?? ''));
      expect((await at(writePath(bestPath(scenario)))).status, scenario.id).to.equal(200);
    }
  });

  it('is for those alone who may see keys', async () => {
    const ben = await signedIn({ name: 'Ben Okafor' });
    await appoint(ben, 'manager', await otherOrganisation());
    const { items, scenarios } = await models();
    const all = [
      modelAddresses.list,
      modelAddresses.item(items[0]?.id ?? ''),
      modelAddresses.case(scenarios[0]?.id ?? ''),
    ];
    for (const { browser } of [ben, await ada()])
      for (const path of all) expect((await browser.get(path)).status, path).to.equal(404);
    expect(paths((await ben.browser.get('/admin/preview')).text)).to.not.include(modelAddresses.list);
  });

  it('knows no other item and no other case', async () => {
    const { browser } = await dina();
    for (const path of [modelAddresses.item('MB-999'), modelAddresses.case('MB-S9')])
      expect((await browser.get(path)).status, path).to.equal(404);
  });
});
