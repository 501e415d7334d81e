import { expect } from 'chai';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { ownContent } from '../../support/content/own-content.js';

const views = installedViews();
const draw = (name: string, values: object, dir: 'ltr' | 'rtl' = 'ltr'): string =>
  views.renderFragment(`components/pictures/${name}`, values, { locale: 'en', dir, t: translator('en') });
const count = (html: string, stop: string): number => html.split(`data-stop="${stop}"`).length - 1;

describe('the sign of a module', () => {
  it('is its own: no two modules share one, and each has more than the arch that stands in for others', () => {
    const slugs = ownContent().content.modules.map(({ slug }) => slug);
    const signs = [...slugs, 'a-new-one'].map(slug => draw('module-sign', { slug }));
    expect(new Set(signs).size).to.equal(slugs.length + 1);
    expect(draw('module-sign', { slug: 'another-new-one' })).to.equal(signs.at(-1));
  });
});

describe('the line of a course, drawn', () => {
  const done = (length: number) => Array<string>(length).fill('done');

  it('lights what is done, wherever it stands, and its end only when that is reached', () => {
    const html = draw('course-way', { stops: ['done', 'open', 'done', 'now', 'not-yet'], isReached: false });
    expect(['done', 'open', 'goal', 'reached'].map(stop => count(html, stop))).to.deep.equal([2, 3, 1, 0]);
    const end = draw('course-way', { stops: done(5), isReached: true });
    expect(['done', 'open', 'goal', 'reached'].map(stop => count(end, stop))).to.deep.equal([5, 0, 0, 1]);
  });

  it('shows where the learner is once, and nowhere at the end', () => {
    expect(draw('course-way', { stops: ['done', 'now', 'now'], isReached: false })).to.match(/<circle/);
    expect(draw('course-way', { stops: done(2), isReached: true })).to.not.match(/<circle/);
  });

  it('stays on its ground in either direction, however many stops there are', () => {
    for (const dir of ['ltr', 'rtl'] as const)
      for (const stops of [done(1), done(8), done(20)]) {
        const html = draw('course-way', { stops, isReached: true }, dir);
        const places = [...html.matchAll(/[MH](-?[\d.]+)/g)].map(([, place]) => Number(place));
        expect(
          places.every(place => place >= 0 && place <= 480),
          `${stops.length} ${dir}`,
        ).to.equal(true);
      }
  });
});
