interface Asked {
  readonly asked?: string;
}

/** Options under the question that they answer. */
export interface AnsweredQuestion<Option> {
  /** Null where the item asks one thing alone. */
  readonly asked: string | null;
  readonly options: readonly Option[];
}

/** The questions of an item in their order, each with its options. */
export const byQuestion = <Option extends Asked>(options: readonly Option[]): AnsweredQuestion<Option>[] =>
  [...new Set(options.map(({ asked }) => asked))].map(asked => ({
    asked: asked ?? null,
    options: options.filter(option => option.asked === asked),
  }));
