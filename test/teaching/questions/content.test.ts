import { expect } from 'chai';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { ownContent } from '../../support/content/own-content.js';

/** The content check cannot know the kinds; a report's model, for one, must earn all points by the words of its kind. */
describe('every item of the courses', () => {
  it('holds only items that their type accepts', () => {
    const loaded = ownContent();
    const { modules, final } = loaded.content;
    const items = [...modules.flatMap(module => module.items), ...(final?.items ?? [])];
    expect(items.length).to.be.greaterThan(100);
    for (const item of items)
      expect(questionTypes.named(item.type).itemSchema.safeParse(item).error?.message, item.id).to.equal(
        undefined,
      );
  });
});
