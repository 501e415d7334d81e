/** To where OpenID providers send word that somebody signed out there: of all organisations, since the message says of whom it is. */
export const PROVIDER_SIGN_OUT = '/sign-in/provider-sign-out';
