/** The file that holds the part. */
export const LAND: string;
/** The template of the part. */
export function landTemplate(): string;
