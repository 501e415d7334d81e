import type { Fault } from '../schema/types.js';

/** A fault in the content, on one line. */
export const faultLine = ({ file, line, problem, fix }: Fault): string => `${file}:${line} ${problem} ${fix}`;
