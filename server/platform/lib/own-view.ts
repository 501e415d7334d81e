declare const own: unique symbol;

/**
 * The name of a template that a part of the program brings for itself, as a question type does. What it takes is between the
 * two; all other templates declare it at their head, for the compiler.
 */
export type OwnView = string & { readonly [own]: true };

export const ownView = (name: string): OwnView => name as OwnView;
