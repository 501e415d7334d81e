import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeBrowser, newContext } from '../../../../support/programs/browser.js';
import { inChromium, likeness, onPaper } from './rendering.js';

const NAMES = [
  'Ada Marlow',
  'Zoë Łukasz Ångström',
  'Nguyễn Thị Hồng',
  'Ἀχιλλεύς Παπαδοπούλου',
  'Иван Щербаков',
  'فاطمة الزهراء',
  'مُحَمَّد مُّحِبٌّ',
  'محمد 123 علی',
  'فاطمه‌زهرا ۱۲۳',
  'أحمد علي John Smith',
  'Ali أحمد (ابن) Smith',
  'דוד בן־גוריון',
  'שָׁלוֹם כהן (ABC)',
  'आरती कुमारी शर्मिला',
  'क्षत्रिय श्रीवास्तव',
  'น้ำผึ้ง กู้เกียรติ',
  '欧阳喆堃',
  '佐藤 さくら',
  '김민준',
  'Ada أحمد דוד 王',
];

describe('names on paper look as they do in Chromium', () => {
  let page: Page;

  before(async () => {
    page = await (await newContext()).newPage();
  });

  after(closeBrowser);

  for (const name of NAMES) {
    it(name, async () => {
      const [paper, screen] = [await onPaper(name), await inChromium(name, page)];
      expect(Math.abs(paper.width - screen.width), 'width').to.be.at.most(3);
      expect(Math.abs(paper.height - screen.height), 'height').to.be.at.most(3);
      expect(likeness(paper, screen)).to.be.greaterThan(0.95);
    });
  }

  it('and a wrong order of letters is noticed', async () => {
    for (const [name, direction] of [
      ['علي محمد الحسن', 'ltr'],
      ['אדם כהן', 'ltr'],
      ['Ada Marlow', 'rtl'],
    ] as const) {
      const wrong = await inChromium(name, page, `<bdo dir="${direction}">${name}</bdo>`);
      expect(likeness(await onPaper(name), wrong), name).to.be.lessThan(0.8);
    }
  });

  it('and a wrong order of words is noticed', async () => {
    const words = await inChromium('Ada أحمد دود', page, 'Ada دود أحمد');
    expect(likeness(await onPaper('Ada أحمد دود'), words)).to.be.lessThan(0.9);
  });
});
