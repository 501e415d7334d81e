import type { Example, ExampleWords } from './example.js';
import { actions } from './examples/actions.js';
import { cases } from './examples/cases.js';
import { drawings, places } from './examples/drawings.js';
import { fields } from './examples/fields.js';
import { lists } from './examples/lists.js';
import { messages } from './examples/messages.js';
import { organisation } from './examples/organisation.js';

/** The groups that the page shows, by name (`design.group.…`). Their texts are the product's own. */
export const GROUPS: Readonly<Record<string, (words: ExampleWords) => readonly Example[]>> = {
  drawings,
  places,
  actions,
  fields,
  messages,
  lists,
  cases,
  organisation,
};
