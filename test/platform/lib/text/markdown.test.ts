import { expect } from 'chai';
import fc from 'fast-check';
import type { LessonBlock } from '../../../../server/platform/lib/text/markdown.js';
import { renderLesson } from '../../../../server/platform/lib/text/markdown.js';

const options = {
  labels: {
    do: 'Do',
    doNot: 'Do not',
    words: 'Words you can use',
    explain: 'More on this',
    example: (title: string) => `Worked example: ${title}`,
    misconception: (title: string) => `You may hear: “${title}”`,
  },
  resolveLink: (target: string) => (target.startsWith('hidden') ? null : `/lessons/${target}`),
  resolveToken: (name: string) => (name === 'hotline.primary' ? '1 <2> 3' : null),
  // Of three facts, one has a source to show.
  cite: (facts: readonly string[]) =>
    facts
      .filter(id => id === 'F001')
      .map(() => ({ number: 1, id: 'cited-1', href: '#source-1', name: 'Source <1>' })),
};
const render = (markdown: string): LessonBlock[] => renderLesson(markdown, options);
const html = (markdown: string): string =>
  render(markdown)
    .map(block => (block.kind === 'section' ? block.html : `[${block.id}]`))
    .join('\n');

describe('a lesson in Markdown', () => {
  it('is split at second-level headings, at checks and at exhibits', () => {
    const blocks = render(
      'Before.\n\n## One\n\nText.\n\n{{check M2-C01}}\n\nAfter.\n\n### Inner\n\n{{exhibit night-booking}}\n\n## Two\n\nEnd.',
    );
    expect(blocks.map(block => (block.kind === 'section' ? block.title : block.id))).to.eql([
      null,
      'One',
      'M2-C01',
      null,
      'night-booking',
      'Two',
    ]);
  });

  it('links a place that cites facts to what they come from, and takes their marker out', () => {
    const cited = '<sup><a id="cited-1" href="#source-1" aria-label="Source &lt;1&gt;">1</a></sup>';
    expect(html('One [F001]. Two [F002, F001].\n\n- **Bold** [F003] and [F01] stay.')).to.equal(
      `<p>One${cited}. Two${cited}.</p>\n<ul>\n<li><strong>Bold</strong> and [F01] stay.</li>\n</ul>`,
    );
  });

  it('gives each heading an id of its own', () => {
    expect(html('## See & act\n\n### See & act\n\n## ???\n\nText.').match(/id="[^"]*"/g)).to.eql([
      'id="s-see-act"',
      'id="s-see-act-2"',
      'id="s-section"',
    ]);
  });

  it('frames do and do-not as a pair', () => {
    expect(html('::: do\n- Note.\n:::\n\n::: do-not\n- Follow.\n:::').replace(/\n/g, '')).to.equal(
      '<div class="do-pair"><section class="do"><h3>Do</h3><ul><li>Note.</li></ul></section>' +
        '<section class="do-not"><h3>Do not</h3><ul><li>Follow.</li></ul></section></div>',
    );
  });

  it('stays well formed when half of a pair is missing', () => {
    for (const half of ['do', 'do-not'])
      expect(html(`::: ${half}\n- Note.\n:::\n\nText.`).replace(/\n/g, '')).to.match(
        new RegExp(`^<div class="do-pair"><section class="${half}">.*</section></div><p>Text.</p>$`),
      );
  });

  it('names the blocks with the labels it is given', () => {
    expect(html('::: example The bus <b>\n**See.** Text.\n:::')).to.match(
      /^<section class="example"><h3>Worked example: The bus &lt;b&gt;<\/h3>/,
    );
    expect(html('::: misconception "We are only transit."\nNo.\n:::')).to.contain(
      '<h3>You may hear: “We are only transit.”</h3>',
    );
    expect(html('::: words\n"Hello."\n:::')).to.match(
      /^<aside class="words" role="note"><h3>Words you can use/,
    );
    expect(html('::: explain\nMore.\n:::')).to.match(/^<aside class="explain" role="note"><h3>More on this/);
  });

  it('fills tokens as text, and drops what is unknown', () => {
    expect(html('Call {{hotline.primary}} or {{x.y}} now.')).to.equal('<p>Call 1 &lt;2&gt; 3 or  now.</p>');
  });

  it('links to lessons, or shows the words alone', () => {
    expect(html('See [routes](lesson:routes/02-places).')).to.equal(
      '<p>See <a href="/lessons/routes/02-places">routes</a>.</p>',
    );
    expect(html('See [routes](lesson:hidden/02-places) and [more](lesson:a/01-b).')).to.equal(
      '<p>See routes and <a href="/lessons/a/01-b">more</a>.</p>',
    );
  });

  it('keeps tables and lists', () => {
    expect(html('| A | B |\n|---|---|\n| 1 | 2 |')).to.contain('<td>2</td>');
    expect(html('3. Three\n4. Four')).to.contain('<ol start="3">');
  });
});

describe('hostile Markdown', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](https://evil.example)',
    '[x](//evil.example)',
    '[x](lesson:../../etc)',
    '[x](lesson:a/01-b"onmouseover="alert(1))',
    '![x](https://evil.example/x.png)',
    '[x]\n\n[x]: javascript:alert(1)',
    '<https://evil.example>',
    '<javascript:alert(1)>',
    '## <svg onload=alert(1)>',
    '::: example "><script>alert(1)</script>\nx\n:::',
    '::: misconception <img src=x onerror=alert(1)>\nx\n:::',
    '::: do" onclick="alert(1)\nx\n:::',
    '| <b onclick=x> |\n|---|\n| <i> |',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '{{check "><script>}}',
    '```html\n<script>\n```',
    '<!-- --><style>*{}</style>',
  ];
  const tag = /<\/?([a-z0-9]+)((?:\s[^<>]*)?)>/g;
  const harmless = (output: string): void => {
    expect(output.replace(tag, ''), output).to.not.match(/[<>]/);
    for (const [, name = '', attributes = ''] of output.matchAll(tag)) {
      expect(name).to.match(
        /^(?:p|h[23]|[uo]l|li|strong|em|a|br|table|thead|tbody|tr|t[hd]|div|section|aside|sup)$/,
      );
      expect(attributes).to.match(
        /^(?: (?:href="(?:\/lessons\/[a-z0-9/-]+|#source-1)"|id="cited-1"|aria-label="Source &lt;1&gt;"|class="[a-z-]+"|id="s-[\p{L}\p{N}-]+"|start="\d+"))*(?: \/)?$/u,
      );
    }
  };

  for (const markdown of hostile)
    it(`neutralises ${JSON.stringify(markdown)}`, () => harmless(html(markdown)));

  it('neutralises any mixture of them', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile, '\n\n', '- ', '**', '::: do\n', ':::\n', '[F001]', '{{hotline.primary}}'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => harmless(html(pieces.join('')))),
      { numRuns: 300 },
    );
  });

  it('does not trust a given address', () => {
    const blocks = renderLesson('[x](lesson:a/01-b)', {
      ...options,
      resolveLink: () => 'javascript:alert(1)',
    });
    expect(blocks[0]).to.include({ html: '<p><a>x</a></p>' });
  });

  it('copes with deep nesting', () => {
    expect(() => html('> '.repeat(5000) + 'x')).to.not.throw();
    expect(() => html(`${'- '.repeat(2000)}x`)).to.not.throw();
    expect(() => html('['.repeat(20_000))).to.not.throw();
  });
});
