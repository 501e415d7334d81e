import { AppError } from '../../../errors.js';

/** The kinds of faults in what a client sent (RFC 7644, table 9). */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

/** What a directory is told it did wrong. The message is read by whoever runs it: it says what to do, and names nobody. */
export class ScimFault extends AppError {
  readonly scimType: ScimType | null;

  constructor(message: string, status: number, scimType: ScimType | null = null) {
    super(message, status);
    this.scimType = scimType;
  }
}

export const wrong = (scimType: ScimType, message: string): ScimFault =>
  new ScimFault(message, scimType === 'uniqueness' ? 409 : 400, scimType);
