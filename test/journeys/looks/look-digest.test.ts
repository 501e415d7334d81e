import { expect } from 'chai';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { scene } from '../scenes/scene.js';
import { digestOf } from './look-digest.js';

const { assetUrls } = installedViews();
const page = (main: string, sheet = 'app.css') => ({
  html: `<link rel="stylesheet" href="${assetUrls.get(sheet)}"><main>${main}</main>`,
  policy: "script-src 'nonce-ab5d268f-7273-4847-b2a9-19ef02767568'",
});
const seen = scene(null, 'x', '/x');
const digest = (main: string, sheet?: string) => digestOf(seen, [page(main, sheet)]);

describe('the digest of a scene', () => {
  for (const [what, one, other] of [
    [
      'the id',
      '<a href="/a/ab5d268f-7273-4847-b2a9-19ef02767568">x</a>',
      '<a href="/a/00000000-7273-4847-b2a9-19ef02767568">x</a>',
    ],
    ['the day', '<p>On 9\u00a0May\u00a02026</p>', '<p>On 29\u00a0November\u00a02026</p>'],
    ['the number', '<p>12 of 40</p>', '<p>13 of 41</p>'],
    [
      'the token',
      '<input type="hidden" name="token" value="a.b-c">',
      '<input type="hidden" name="token" value="d.e_f">',
    ],
    ['the part of an id', '<p>Person 0d000a12</p>', '<p>Person c3ce0041</p>'],
    [
      'the code',
      '<form action="/join/WJ5CNQ2W">7FJG-RPJJ</form>',
      '<form action="/join/CN2QWQYF">GRPJ-J4MX</form>',
    ],
    [
      'the code to scan',
      '<svg class="qr form"><path d="M1 2"/></svg>',
      '<svg class="qr form"><path d="M1 3"/></svg>',
    ],
  ] as const)
    it(`is the same whatever ${what}`, () => {
      expect(digest(one)).to.equal(digest(other));
    });

  for (const [what, one, other] of [
    ['a word', '<p>one</p>', '<p>two</p>'],
    ['a class', '<p class="soft">x</p>', '<p class="softer">x</p>'],
    ['a drawing', '<path d="M1 2"/>', '<path d="M1 3"/>'],
    ['a colour', '<path fill="#0b4a57"/>', '<path fill="#0b4a58"/>'],
    ['a longer number', '<p>99</p>', '<p>100</p>'],
    ['a label', '<input id="a" aria-label="x">', '<input id="a">'],
  ] as const)
    it(`is another one with ${what} that is not the same`, () => {
      expect(digest(one)).to.not.equal(digest(other));
    });

  it('is another one with another file, policy, language or act', () => {
    const others = [
      digest('x', 'office.css'),
      digestOf(seen, [{ ...page('x'), policy: 'none' }]),
      digestOf(seen, [page('x'), page('x')]),
      digestOf({ ...seen, act: () => Promise.resolve() }, [page('x')]),
    ];
    expect(new Set([digest('x'), ...others])).to.have.property('size', 5);
  });
});
