import { expect } from 'chai';
import { declaredValues, statements } from '../../../server/platform/http/view-types.mjs';

describe('the types of templates', () => {
  const template = [
    '<%# A list.',
    'it: {',
    '  rows: { text: string }[]; // each',
    '} -%>',
    '<ul>',
    '<% for (const row of it.rows) { -%>',
    '<li><%= row.text %></li><%- it.include("x") %>',
    '<% } -%>',
    '</ul>',
    '',
  ].join('\n');

  it('are what the head declares; what takes nothing declares nothing', () => {
    expect(declaredValues(template)).to.equal('{\n  rows: { text: string }[]; // each\n}');
    expect(declaredValues('<%# A drawing. -%>\n<svg></svg>')).to.equal('Record<never, never>');
    expect(declaredValues('<p></p>')).to.equal('Record<never, never>');
  });

  it('are checked in statements that stand on the lines of the template', () => {
    const lines = statements(template).split('\n');
    expect(lines).to.have.length(template.split('\n').length);
    expect(lines[5]?.trim()).to.equal('for (const row of it.rows) {');
    expect(lines[6]?.replaceAll(' ', '')).to.equal(';out(row.text);;out(it.include("x"));');
    expect(lines[7]?.trim()).to.equal('}');
    expect(lines.filter(line => line.trim())).to.have.length(3);
  });
});
