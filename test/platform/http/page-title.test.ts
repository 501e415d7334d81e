import { expect } from 'chai';
import { pageTitle } from '../../../server/platform/http/page-title.js';

describe('the title of a page', () => {
  it('is its heading, without markup', () => {
    expect(
      pageTitle('<p>Before</p><h1 class="display"><bdi>Ada &amp;\n  Bo</bdi></h1><p>After</p>'),
    ).to.equal('Ada & Bo');
  });

  it('is what is marked, where the heading is a question', () => {
    const body = '<p class="strong" data-page-name>Question 4 of 16</p><h1>What do you do?</h1>';
    expect(pageTitle(body)).to.equal('Question 4 of 16');
  });

  it('names the part of the site after it', () => {
    const body =
      '<p data-page-part="Northern Lights">…</p><h1>Training status</h1><h2 data-page-name>Overdue</h2>';
    expect(pageTitle(body)).to.equal('Overdue – Northern Lights');
  });

  it('shows what people typed, and takes no mark out of it', () => {
    const body = '<h1>&lt;b&gt; data-page-part=&#34;x&#34;</h1>';
    expect(pageTitle(body)).to.equal('<b> data-page-part="x"');
  });

  it('is empty without a heading', () => {
    expect(pageTitle('<p>No heading</p>')).to.equal('');
  });
});
