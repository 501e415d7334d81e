import { expect } from 'chai';
import { resolveHotline } from '../../../server/courses/content/hotline-tokens.js';
import type { HotlineLine, Hotlines } from '../../../server/courses/content/types.js';

const line = (id: string, label: HotlineLine['label'], phone: string | null): HotlineLine => ({
  id,
  label,
  name: id,
  phone,
  url: null,
  hours: null,
  languages: null,
  answeredBy: 'Staff',
  note: 'Confirm.',
  source: 'A page',
  checkedOn: '2026-11-24',
});
const hotlines: Hotlines = {
  notice: 'Confirm.',
  countries: [
    {
      code: 'INT',
      name: 'Elsewhere',
      emergency: { numbers: [], note: 'the local emergency number' },
      lines: [line('police', 'hotline', null)],
    },
    {
      code: 'PH',
      name: 'Philippines',
      emergency: { numbers: ['911', '112'], note: 'Call.' },
      lines: [line('first', 'hotline', '1343'), line('second', 'hotline', '2')],
    },
  ],
};
const text = (country: string, token: string): string | undefined =>
  resolveHotline(hotlines, country, token)?.text;

describe('hotline tokens', () => {
  it('name the first line of the chosen country', () =>
    expect(text('PH', 'hotline.primary')).to.equal('first, 1343'));
  it('give its emergency numbers', () => expect(text('PH', 'hotline.emergency')).to.equal('911 or 112'));
  it('fall back to the international default', () => {
    expect(text('XX', 'hotline.primary')).to.equal('police');
    expect(text('XX', 'hotline.emergency')).to.equal('the local emergency number');
  });
  it('give emergency numbers where no such line is known', () =>
    expect(text('PH', 'hotline.child')).to.equal('911 or 112'));
  it('are null when they do not exist', () =>
    expect(resolveHotline(hotlines, 'PH', 'hotline.x')).to.equal(null));
});
