import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import {
  installEvents,
  namesOfKind,
  privateEvents,
} from '../../../server/platform/events/declared-events.js';
import { event, LOG_KINDS } from '../../../server/platform/events/event.js';
import '../../../server/slices.js';

describe('declared events', () => {
  it('are those of every slice, each in one place', () => {
    const root = join(projectRoot, 'server');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(path =>
      /[/\\]events\.ts$/.test(path),
    );
    const written = files.flatMap(path =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^ {2}'([a-z.-]+)': (?:e|privateE)vent</gm)].map(
        ([, name]) => name,
      ),
    );
    expect(written).to.have.length.above(200);
    expect(namesOfKind('')).to.have.members(written);
    expect(LOG_KINDS.flatMap(namesOfKind)).to.have.members(written);
  });

  it('keep what people do for themselves alone from those who train them', () => {
    expect(privateEvents()).to.include('share-link.opened').and.not.include('certificate.issued');
  });

  it('are refused where two slices declare the same', () => {
    const one = { 'test.told': event<object>('operation') };
    expect(() => installEvents([one, one])).to.throw('twice');
    expect(namesOfKind('')).to.not.include('test.told');
  });
});
