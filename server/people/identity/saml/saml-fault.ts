/** What a SAML provider sent is refused. `code`: what is wrong with it, for the log. */
export class SamlFault extends Error {
  override readonly name = 'SamlFault';

  constructor(readonly code: string) {
    super(code);
  }
}

/** Throws where a fault was found. */
export function refuseFault(fault: string | null): void {
  if (fault !== null) throw new SamlFault(fault);
}
