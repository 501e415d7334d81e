import { expect } from 'chai';
import { telegramShare } from '../../../server/workshop/language/telegram-share.js';

describe('the share of telegrams', () => {
  it('counts sentences of five words or fewer, and no headings', () => {
    expect(telegramShare(['Do this', 'One two three four five. One two three four five six.'])).to.equal(0.5);
    expect(telegramShare(['A heading'])).to.equal(0);
  });
});
