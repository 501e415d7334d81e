import type { Place, Translate } from '../i18n/i18n.js';

/** Words for the examples, in the language of the page. */
export interface ExampleWords {
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
