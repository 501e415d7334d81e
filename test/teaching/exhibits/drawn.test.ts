import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { optimize } from 'svgo';
import { projectRoot } from '../../../server/config.js';
import { loadViews } from '../../../server/platform/http/views.js';
import { LAND, landTemplate } from '../../../server/workshop/design/draw-land.mjs';
import { DIAGRAMS, PLACES, PLATES } from '../../../server/teaching/exhibits/drawn.js';

const FOLDER = join(projectRoot, 'views/drawings');
const views = loadViews({ root: join(projectRoot, 'views') });
const shell = { locale: 'en', dir: 'ltr' as const, t: (key: string) => key };

const numbered: Record<string, Readonly<Record<string, number>>> = {
  places: Object.fromEntries(PLACES.map(name => [name, 0])),
  diagrams: DIAGRAMS,
  plates: PLATES,
};
const drawings = Object.entries(numbered).flatMap(([room, names]) =>
  Object.entries(names).map(([name, count]) => ({ room, name, count })),
);
const sourceOf = (view: string) => readFileSync(join(projectRoot, 'views', `${view}.ejs`), 'utf8');
const drawn = (room: string, name: string) => views.renderFragment(`drawings/${room}/${name}`, {}, shell);

/** Compressed, as it travels. */
const MOST = 4 * 1024;

describe('the drawings', () => {
  for (const room of Object.keys(numbered)) {
    it(`of ${room} are those that the content may name`, () => {
      const files = readdirSync(join(FOLDER, room)).map(file => file.replace('.ejs', ''));
      expect(files.sort()).to.deep.equal(Object.keys(numbered[room] ?? {}).sort());
    });
  }

  for (const { room, name, count } of drawings) {
    it(`${room}/${name} is a small picture with a number for each part, and without words`, () => {
      const svg = drawn(room, name);
      // svgo reads it as XML, and throws where it is none.
      expect(optimize(svg).data.length).to.be.above(0);
      expect(gzipSync(svg).length).to.be.at.most(MOST);
      const numbers = [...svg.matchAll(/data-numbered="(\d+)"/g)].map(([, number]) => Number(number));
      expect(numbers.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: count }, (_, at) => at + 1));
      const words = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
      expect(words).to.have.length(count);
      expect(words.filter(text => !/^\d$/.test(text ?? ''))).to.deep.equal([]);
    });

    it(`${room}/${name} takes its colours from the page, and is hidden from screen readers`, () => {
      const svg = drawn(room, name);
      expect(svg.match(/<svg[^>]*>/g)).to.have.length(1);
      expect(svg).to.match(/^<svg class="drawing" viewBox="0 0 328 \d+" aria-hidden="true">/);
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour);
      expect(colours.filter(colour => !/^(?:none|var\(--[a-z0-9-]+\))$/.test(colour ?? ''))).to.deep.equal(
        [],
      );
      expect(svg).to.not.match(/style=|<style|<image|\bid=/);
    });
  }

  it('use every part that there is', () => {
    const parts = readdirSync(join(FOLDER, 'parts')).map(
      file => `drawings/parts/${file.replace('.ejs', '')}`,
    );
    const sources = views.names.filter(name => name.startsWith('drawings/')).map(sourceOf);
    const unused = parts.filter(part => !sources.some(source => source.includes(`'${part}'`)));
    expect(unused).to.deep.equal([]);
  });

  it('have the outline of land that the map gives', () => {
    expect(readFileSync(LAND, 'utf8')).to.equal(landTemplate());
  });
});
