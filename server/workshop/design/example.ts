import type { ViewValues } from '../../../dist/views/values.js';
import type { Place, Translate } from '../../platform/i18n/i18n.js';

/** Words for the examples, in the language of the page. */
export interface ExampleWords {
  readonly t: Translate;
  readonly place: Place;
}

type Component<Name> = Name extends `components/${string}/${infer Part}` ? Part : never;

/** A component in all its states, each with its name (`design.state.…`) and the values that produce it. `list`: the class of the list that holds its rows. */
export type Example = {
  [Name in keyof ViewValues as Component<Name>]: {
    readonly component: Component<Name>;
    readonly states: readonly {
      readonly state: string;
      readonly values: ViewValues[Name] & { isCopy?: boolean };
    }[];
    readonly list?: 'tasks' | 'cards';
  };
}[Component<keyof ViewValues>];
