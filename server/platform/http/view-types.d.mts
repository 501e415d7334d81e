/** See view-types.mjs, which is plain JavaScript since it runs before anything is compiled. */
export function declaredValues(text: string): string;
export function statements(text: string): string;
export function writeViewTypes(root: string): void;
