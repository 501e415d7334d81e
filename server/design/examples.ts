import type { Place, Translate } from '../i18n/i18n.js';
import { actions } from './examples/actions.js';
import { cases } from './examples/cases.js';
import { drawings } from './examples/drawings.js';
import { fields } from './examples/fields.js';
import { lists } from './examples/lists.js';
import { messages } from './examples/messages.js';
import { organisation } from './examples/organisation.js';

/** Words for the examples, in the language of the page. */
export interface Words {
  readonly t: Translate;
  readonly place: Place;
}

/** One state of a part: what the state is called (`design.state.…`), and the values that make it. */
export interface State {
  readonly state: string;
  readonly values: object;
}

/** A part in all its states. `list`: the class of the list that its rows stand in, together. */
export interface Example {
  readonly component: string;
  readonly states: readonly State[];
  readonly list?: 'tasks' | 'cards';
}

/** Groups as the page shows them, by name (`design.group.…`). Their words are those of the product itself. */
export const GROUPS: Readonly<Record<string, (words: Words) => readonly Example[]>> = {
  drawings,
  actions,
  fields,
  messages,
  lists,
  cases,
  organisation,
};
