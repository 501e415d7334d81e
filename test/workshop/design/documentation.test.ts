import { expect } from 'chai';
import { describe as describePart, documentation } from '../../../server/workshop/design/documentation.js';
import type { Example } from '../../../server/workshop/design/example.js';
import { GROUPS } from '../../../server/workshop/design/examples.js';
import { translator } from '../../../server/platform/i18n/i18n.js';

/** What every template is given besides its own values. */
const SHARED = new Set([
  't',
  'include',
  'drawnOnce',
  'csrf',
  'isCopy',
  'currentPath',
  'isDiscreet',
  'dir',
  'locale',
  'asset',
  'nonce',
]);

/** Included by others only for the words of a language, of a session or of a copy: nothing of it depends on a state. */
const parts = documentation();
const words = { t: translator('en'), place: { locale: 'en', timeZone: 'UTC' } };
const shown: Example[] = Object.values(GROUPS).flatMap(make => make(words));
const statesOf = (name: string) =>
  shown.filter(({ component }) => component === name).flatMap(({ states }) => states);
const namesOf = (name: string) => parts.get(name)?.parameters.map(parameter => parameter.name) ?? [];
const usedIn = (template: string) =>
  new Set([...template.matchAll(/\bit\.(\w+)/g)].map(([, name]) => name ?? ''));

describe('the parts of pages', () => {
  it('are all shown at /design, and nothing else is', () => {
    expect(shown.map(({ component }) => component).sort()).to.deep.equal([...parts.keys()].sort());
  });

  for (const [name, { about, template }] of parts) {
    it(`${name} documents what it is and exactly the values it takes`, () => {
      expect(about).to.match(/\.$/);
      const used = [...usedIn(template)].filter(each => !SHARED.has(each));
      // `data-cell` is given whole by `data-table`, `search` and others with `...`: those name what they hand on.
      expect(namesOf(name).sort()).to.deep.equal(used.sort());
    });

    it(`${name} is shown with every value it takes`, () => {
      const given = new Set(statesOf(name).flatMap(({ values }) => Object.keys(values)));
      expect(namesOf(name).filter(each => !given.has(each))).to.deep.equal([]);
      expect([...given].filter(each => !namesOf(name).includes(each) && !SHARED.has(each))).to.deep.equal([]);
    });

    it(`${name} has no two states of one name`, () => {
      const names = statesOf(name).map(({ state }) => state);
      if (!shown.some(each => each.component === name && each.list))
        expect(new Set(names).size).to.equal(names.length);
    });
  }

  it('show icons, way-marks and discs in every form that they have', () => {
    const declared = (name: string, key: string) => {
      const type = parts.get(name)?.parameters.find(parameter => parameter.name === key)?.type ?? '';
      return [...type.matchAll(/'([\w-]+)'/g)].map(([, each]) => each);
    };
    const shownAs = (name: string, key: string) =>
      statesOf(name).map(({ values }) => (values as Record<string, string>)[key]);
    expect(shownAs('icon', 'name')).to.have.members(declared('icon', 'name'));
    expect(shownAs('disc', 'kind')).to.have.members(declared('disc', 'kind'));
    expect(new Set(shownAs('waymark', 'state'))).to.deep.equal(new Set(declared('waymark', 'state')));
  });

  it('contain no words of their own: all come from the texts', () => {
    const texts = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value === 'string') texts.add(value);
      else if (value && typeof value === 'object') Object.values(value).forEach(walk);
    };
    shown.forEach(({ states }) => states.forEach(({ values }) => walk(values)));
    // A key that does not exist comes back as it is.
    expect([...texts].filter(text => /^[a-z]\w*(\.[\w-]+)+$/.test(text))).to.deep.equal([]);
  });
});

describe('the comment at the head of a part', () => {
  it('is read: what it is, and a line for each thing it takes', () => {
    expect(
      describePart(
        'x',
        "<%# A thing\n    of two lines.\nit: {\n  text: string;\n  kind?: 'a' | 'b'; // sent with it\n  rows: { // each\n    n: number;\n  }[];\n} -%>\n<p></p>",
      ),
    ).to.deep.equal({
      name: 'x',
      about: 'A thing of two lines.',
      parameters: [
        { name: 'text', isNeeded: true, type: 'string', about: '' },
        { name: 'kind', isNeeded: false, type: "'a' | 'b'", about: 'sent with it' },
        { name: 'rows', isNeeded: true, type: '{ n: number; }[]', about: 'each' },
      ],
      template: '<p></p>',
    });
  });

  it('must be there, and name what it describes', () => {
    expect(() => describePart('x', '<p></p>')).to.throw('says nothing of itself');
    expect(() => describePart('x', '<%# A.\nit: {\n  the text: string;\n} -%>\n')).to.throw('the text');
  });
});
