import { said } from '../../support/said.js';

/** The text under a key up to its first sentence or to the first blank that a script fills: what can be looked for on a page. */
export const saidFirst = (key: string): string => {
  const [first = ''] = said(key).split(/#|(?<=\.) /);
  return first.trim();
};

/** How a page of a case says at which decision it stands, without the title and the total. */
export const saidDecision = (position: number): string =>
  said('case.position', { title: '', position, total: '' }).split('· ').at(-1) ?? '';
