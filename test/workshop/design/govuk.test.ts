import { createRequire } from 'node:module';
import { expect } from 'chai';
import { parseDocument } from 'htmlparser2';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { documentation } from '../../../server/workshop/design/documentation.js';
import { translator } from '../../../server/platform/i18n/i18n.js';

/**
 * Parts that GOV.UK Frontend has, too, against its published examples: the same roles, names, ids and order of what is read
 * out. Its looks are not ours, and are not compared. Where we differ on purpose, the reason stands here.
 */
const require = createRequire(import.meta.url);

interface Fixture {
  readonly name: string;
  readonly html: string;
  readonly options: Record<string, unknown>;
}

function fixture(component: string, name: string): Fixture {
  const { fixtures } = require(`govuk-frontend/dist/govuk/components/${component}/fixtures.json`) as {
    fixtures: Fixture[];
  };
  const found = fixtures.find(each => each.name === name);
  if (!found) throw new Error(`GOV.UK Frontend has no example "${name}" of ${component}`);
  return found;
}

const views = installedViews();
const parts = documentation();
const part = (name: string, values: object): string =>
  views.renderFragment(`components/${parts.get(name)?.room}/${name}`, values, {
    locale: 'en',
    dir: 'ltr',
    t: translator('en'),
  });

interface Node {
  readonly type: string;
  readonly data?: string;
  readonly name?: string;
  readonly attribs?: Record<string, string>;
  readonly children?: readonly Node[];
}

/** Attributes that mean something to whoever does not see the page, or to the browser. */
const MEANT =
  /^(role|aria-.+|for|id|name|type|href|rel|autocomplete|autocapitalize|hidden|rows|checked|selected|download)$/;
const REFERS = new Set(['id', 'for', 'aria-describedby', 'aria-controls', 'aria-labelledby']);
/** Only there for looks, or for another writing direction. */
const PLAIN = new Set(['div', 'p', 'span', 'bdi', 'section']);

/** What is read out, a line each: elements with what they mean, and texts. Ids are numbered in their order. */
function outline(html: string, leaveOut: readonly string[] = []): string[] {
  const ids = new Map<string, string>();
  const numbered = (text: string) =>
    text.replace(/\S+/g, id => ids.get(id) ?? ids.set(id, `#${ids.size + 1}`).get(id) ?? '');
  const lines: string[] = [];
  const say = (text: string) => {
    const last = lines.at(-1);
    if (last?.startsWith('"') && text.startsWith('"'))
      lines[lines.length - 1] = `${last.slice(0, -1)} ${text.slice(1)}`;
    else lines.push(text);
  };
  const line = ({ name = '', attribs = {} }: Node) => {
    const meant = Object.entries(attribs)
      .filter(
        ([key, value]) => MEANT.test(key) && !leaveOut.includes(key) && !(key === 'type' && value === 'text'),
      )
      .map(([key, value]) => `${key}=${REFERS.has(key) ? numbered(value) : value}`)
      .sort();
    if (meant.length > 0 || !PLAIN.has(name))
      say(`${PLAIN.has(name) ? 'box' : name} ${meant.join(' ')}`.trim());
  };
  const walk = (node: Node): void => {
    const { type, data = '', name, attribs = {}, children = [] } = node;
    if (type === 'text' && data.trim()) return say(`"${data.trim().replace(/\s+/g, ' ')}"`);
    if (type === 'text' || type === 'comment' || name === 'svg') return;
    const input = name === 'label' && !attribs.for && children.find(child => child.name === 'input');
    if (!input) {
      if (name) line(node);
      return children.forEach(walk);
    }
    // A label around its input is one beside it: it names the same.
    line(input);
    line({ ...node, attribs: { for: input.attribs?.id ?? '' } });
    children.filter(child => child !== input).forEach(walk);
  };
  (parseDocument(html) as unknown as Node).children?.forEach(walk);
  return lines;
}

interface Text {
  readonly text: string;
}
interface Field {
  readonly id?: string;
  readonly name?: string;
  readonly label: Text;
  readonly hint?: Text;
  readonly errorMessage?: Text;
}

const ofField = ({ name = '', id = name, label, hint, errorMessage }: Field) => ({
  name: id,
  id,
  label: label.text,
  hint: hint?.text,
  error: errorMessage?.text,
});

/** `aria-invalid` says what the border shows. Our names are our ids. */
const FIELD = ['aria-invalid', 'name'];

describe('parts that GOV.UK Frontend has, too', () => {
  for (const name of ['default', 'with hint text', 'with error message', 'with error and hint']) {
    it(`field: ${name}`, () => {
      const { html, options } = fixture('input', name);
      expect(outline(part('field', ofField(options as unknown as Field)), FIELD)).to.deep.equal(
        outline(html, FIELD),
      );
    });
  }

  for (const name of ['with hint', 'with error message', 'with hint and error message']) {
    it(`text area: ${name}`, () => {
      const { html, options } = fixture('textarea', name);
      // What is written on cases is not offered again.
      const except = [...FIELD, 'autocomplete'];
      const ours = part('text-area', { ...ofField(options as unknown as Field), rows: 5 });
      expect(outline(ours, except)).to.deep.equal(outline(html, except));
    });
  }

  for (const name of ['default', 'with error message and hint']) {
    it(`date field: ${name}`, () => {
      const { html, options } = fixture('date-input', name);
      const { fieldset } = options as { fieldset?: { legend: Text } };
      // Ours has no id around the boxes: its first box is where an error leads. A day of somebody else is not offered
      // again. A fieldset is a group without being told.
      const except = [...FIELD, 'id', 'autocomplete', 'role'];
      const field = { ...(options as unknown as Field), label: fieldset?.legend ?? { text: '' } };
      expect(outline(part('date-field', ofField(field)), except)).to.deep.equal(outline(html, except));
    });
  }

  it('select: with a hint and an error', () => {
    const { html, options } = fixture('select', 'with hint text and error message');
    const { items } = options as unknown as { items: { value: number; text: string }[] };
    const [first, ...rest] = items.map(({ value, text }) => ({ value: `${value}`, label: text }));
    const ours = part('select', {
      ...ofField(options as unknown as Field),
      blank: first?.label,
      options: rest,
    });
    expect(outline(ours, FIELD)).to.deep.equal(outline(html, FIELD));
  });

  for (const [name, autocomplete] of [
    ['with error message', 'current-password'],
    ['with new-password autocomplete', 'new-password'],
  ] as const) {
    it(`password: ${name}`, () => {
      const { html, options } = fixture('password-input', name);
      const field = { id: 'password-input', ...options } as unknown as Field;
      const ours = part('password-field', { ...ofField(field), autocomplete });
      // Theirs makes the live region by script; ours is there, and empty.
      expect(outline(ours, FIELD).filter(line => line !== 'box aria-live=polite')).to.deep.equal(
        outline(html, FIELD),
      );
    });
  }

  for (const [component, type] of [
    ['radios', 'radio'],
    ['checkboxes', 'checkbox'],
  ] as const) {
    it(`choice: ${type}`, () => {
      const { html, options } = fixture(
        component,
        component === 'radios' ? 'prechecked using value' : 'with checked item',
      );
      const { items, name, value } = options as unknown as {
        name: string;
        value?: string;
        items: { value: string; text: string; checked?: boolean }[];
      };
      const ours = items.map(item => {
        const checked = item.checked ?? item.value === value;
        return part('choice', {
          type,
          name,
          value: item.value,
          id: `id-${item.value}`,
          text: item.text,
          checked,
        });
      });
      const theirs = outline(html);
      expect(outline(ours.join(''))).to.deep.equal(
        theirs.slice(theirs.findIndex(line => line.startsWith('input'))),
      );
    });
  }

  it('choice: a group names its error, which stands between the question and the choices', () => {
    const values = {
      case: { text: 'A case', decision: 2 },
      question: 'Q',
      options: [{ id: 'a', text: 'A' }],
      error: 'E',
    };
    const lines = outline(part('case-decision', values));
    const ours = ['fieldset', 'legend', 'box id', '"Error:', 'input'].map(start =>
      lines.findIndex(line => line.startsWith(start)),
    );
    expect(ours)
      .to.deep.equal([...ours].sort((a, b) => a - b))
      .and.not.include(-1);
    expect(lines.find(line => line.startsWith('fieldset'))).to.equal('fieldset aria-describedby=#1');
    expect(lines).to.include('box id=#1');
  });

  for (const name of ['default', 'mixed with and without links']) {
    it(`error summary: ${name}`, () => {
      const { html, options } = fixture('error-summary', name);
      const { errorList } = options as unknown as { errorList: (Text & { href?: string })[] };
      const errors = errorList.map(({ text, href }) => [href?.slice(1) ?? 'form', text]);
      expect(outline(part('error-summary', { errors: Object.fromEntries(errors) as object }))).to.deep.equal(
        outline(html),
      );
    });
  }

  it('button', () => {
    const { html } = fixture('button', 'default');
    expect(outline(part('button', { text: 'Save and continue' }))).to.deep.equal(outline(html));
  });

  it('button: a link stays a link, and is read out as one', () => {
    // Theirs is called a button and needs script to be pressed like one.
    const { html } = fixture('button', 'link');
    expect(outline(part('button', { text: 'Link button', href: '/' }))).to.deep.equal(
      outline(html, ['role']),
    );
  });

  it('notice', () => {
    // Several may stand on a page of ours: they are no landmarks, and have headings of their own instead of “Important”.
    const { html } = fixture('notification-banner', 'default');
    const except = ['role', 'aria-labelledby', 'id'];
    const ours = part('notice', {
      kind: 'mist',
      title: 'Important',
      text: 'This publication was withdrawn on 7 March 2014.',
    });
    expect(outline(ours, except)).to.deep.equal(outline(html, except));
    // An answer to an action is told when the reader pauses; theirs interrupts.
    expect(outline(part('notice', { kind: 'moss', title: 'Saved', text: 'x', role: 'status' }))[0]).to.equal(
      'box role=status',
    );
  });

  it('back link', () => {
    const { html } = fixture('back-link', 'default');
    expect(outline(part('back-link', { href: '#', text: 'Back' }))).to.deep.equal(outline(html));
  });

  it('pagination', () => {
    const { html } = fixture('pagination', 'with next only');
    const theirs = outline(html).map(line => line.replace('=Pagination', '=Pages'));
    expect(outline(part('pagination', { next: '/next' }))).to.deep.equal(theirs);
  });

  it('tag', () => {
    expect(outline(part('tag', { text: 'Alpha' }))).to.deep.equal(outline(fixture('tag', 'default').html));
  });

  it('summary list', () => {
    const { html, options } = fixture('summary-list', 'no-border');
    const { rows } = options as unknown as { rows: { key: Text; value: Text & { html?: string } }[] };
    const simple = rows.filter(({ value }) => value.text);
    const facts = simple.map(({ key, value }) => ({ label: key.text, value: value.text }));
    expect(outline(part('fact-list', { facts }))).to.deep.equal(
      outline(html).slice(0, 1 + 4 * simple.length),
    );
  });

  it('task list: a link is described by its hint and its status; what cannot start yet is no link', () => {
    const { html } = fixture('task-list', 'with hint text and additional states');
    let [links, at] = [0, 0];
    const theirs = html.replace(/href="#"/g, () => `href="/task/${++links}"`).split(/(?=<li)/);
    const row = (values: object) => part('task-row', values);
    const tasks = [
      row({ title: 'Company Directors', href: '/task/1', state: 'done', statusText: 'Completed' }),
      row({ title: 'Registered company details', href: '/task/2', state: 'open', statusText: 'Not started' }),
      row({
        title: 'Business plan',
        href: '/task/3',
        state: 'now',
        statusText: 'Review',
        detail: 'Ensure the plan covers objectives, strategies, sales, marketing and financial forecasts.',
      }),
      row({
        title: 'Payment',
        state: 'not-yet',
        statusText: 'Cannot start yet',
        detail: 'It will cost between £15 and £75',
      }),
    ];
    for (const item of [1, 2, 3, 6]) {
      // Nothing refers to the ids of a task without a link.
      const except = item === 6 ? ['id'] : [];
      expect(outline(tasks[at++] ?? '', except)).to.deep.equal(outline(theirs[item] ?? '', except));
    }
  });

  it('details', () => {
    const { html, options } = fixture('details', 'default');
    const { text } = options as { text: string };
    const ours = outline(part('case-opening', { opening: text }));
    expect(ours.map(line => line.replace('How the case began', 'Help with nationality'))).to.deep.equal(
      outline(html),
    );
  });
});
