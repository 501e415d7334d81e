import extract from 'png-chunks-extract';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { SaxesParser } from 'saxes';
import { badgePng, badgeSvg } from '../../../../../server/proof/certificates/documents/badge/badge.js';
import { closeBrowser, newContext } from '../../../../support/programs/browser.js';
import { issue, keyFrom } from '../../../open-badges/sample.js';

const signed = async (changes = {}): Promise<string> => (await issue(await keyFrom('issuer'), changes)).text;

describe('the badge as PNG', () => {
  it('contains the signed text unchanged in the chunk that Open Badges 3.0 names', async () => {
    const credential = await signed({ name: '王小明 Łukasz' });
    const chunks = extract(badgePng({ credential, named: false }));
    expect(chunks.map(chunk => chunk.name)).to.deep.equal(['IHDR', 'iTXt', 'IDAT', 'IEND']);
    const baked = Buffer.from(chunks[1]?.data ?? []);
    const head = Buffer.from('openbadgecredential\0\0\0\0\0');
    expect(baked.subarray(0, head.length).equals(head)).to.equal(true);
    expect(baked.subarray(head.length).toString()).to.equal(credential);
  });

  it('is a picture that another program reads: arches, and words below', async () => {
    const { width, height, data } = PNG.sync.read(badgePng({ credential: await signed(), named: false }));
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    expect([width, height]).to.deep.equal([640, 640]);
    expect(at(0, 0)).to.deep.equal([255, 255, 255]);
    expect(at(180, 300)).to.deep.equal([0xd2, 0xe1, 0xde]);
    expect(at(320, 388)).to.deep.equal([0xf3, 0xb7, 0x5b]);
    expect(at(5, 388)).to.deep.equal([0x0b, 0x4a, 0x57]);
    expect(inkBetween(data, width, 420, 620)).to.be.greaterThan(2000);
  });

  it('is the same to the byte for the same facts', async () => {
    const credential = await signed();
    const [one, other] = [badgePng({ credential, named: true }), badgePng({ credential, named: true })];
    expect(one.equals(other)).to.equal(true);
  });

  it('shows the name only when that is asked for', async () => {
    const [ada, zoe] = [await signed({ name: 'Ada' }), await signed({ name: 'Zoë' })];
    const pixels = (credential: string, named: boolean) =>
      PNG.sync.read(badgePng({ credential, named })).data;
    expect(pixels(ada, false).equals(pixels(zoe, false))).to.equal(true);
    expect(pixels(ada, true).equals(pixels(zoe, true))).to.equal(false);
  });
});

describe('the badge as SVG', () => {
  it('contains the signed text unchanged in the element that Open Badges 3.0 names', async () => {
    for (const name of ['Zoë Łukasz', 'A ]]> B', '<b>&amp;</b>', '王小明']) {
      const credential = await signed({ name });
      expect(baked(badgeSvg({ credential, named: false })), name).to.deep.equal([credential]);
    }
  });

  it('names its course in a text alternative, and contains no script and no address to load', async () => {
    const course = { slug: 'a', title: 'Air & <sea>', summary: 's', version: 1, criteria: 'c' };
    const svg = badgeSvg({ credential: await signed({ course }), named: false });
    expect(svg).to.include('<title>Air &amp; &lt;sea&gt;</title>');
    const drawing = svg.replace(/<openbadges:credential>.*<\/openbadges:credential>/, '');
    expect(drawing).not.to.match(/script|href|style|url\(|on\w+=/);
  });

  it('looks like the PNG in a browser', async () => {
    const credential = await signed();
    const page = await (await newContext({ viewport: { width: 640, height: 640 } })).newPage();
    const url = `data:image/svg+xml;base64,${Buffer.from(badgeSvg({ credential, named: false })).toString('base64')}`;
    await page.setContent(`<style>body{margin:0}</style><img src="${url}">`);
    await page.evaluate("document.querySelector('img').decode()");
    const shown = PNG.sync.read(await page.screenshot()).data;
    const drawn = PNG.sync.read(badgePng({ credential, named: false })).data;
    await closeBrowser();
    const unlike = shown.filter((value, at) => Math.abs(value - (drawn[at] ?? 0)) > 40).length;
    expect(unlike / shown.length).to.be.lessThan(0.001);
  });
});

/** Dark pixels between two heights. */
function inkBetween(data: Buffer, width: number, top: number, bottom: number): number {
  let found = 0;
  for (let at = top * width; at < bottom * width; at++) if ((data[at * 4] ?? 255) < 90) found++;
  return found;
}

/** The texts of all baked elements, read by an XML parser with namespaces. */
function baked(svg: string): string[] {
  const parser = new SaxesParser({ xmlns: true });
  const texts: string[] = [];
  let open = false;
  parser.on('opentag', ({ uri, local }) => {
    open = uri === 'https://purl.imsglobal.org/ob/v3p0' && local === 'credential';
    if (open) texts.push('');
  });
  parser.on('closetag', () => (open = false));
  const add = (text: string) => {
    if (open) texts.push(`${texts.pop()}${text}`);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(svg).close();
  return texts;
}
