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

/** One state of a component: its name (`design.state.…`), and the values that produce it. */
export interface State {
  readonly state: string;
  readonly values: object;
}

/** A component in all its states. `list`: the class of the list that holds its rows. */
export interface Example {
  readonly component: string;
  readonly states: readonly State[];
  readonly list?: 'tasks' | 'cards';
}

/** The groups that the page shows, by name (`design.group.…`). Their texts are the product's own. */
export const GROUPS: Readonly<Record<string, (words: Words) => readonly Example[]>> = {
  drawings,
  actions,
  fields,
  messages,
  lists,
  cases,
  organisation,
};
