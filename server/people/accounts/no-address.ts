const NOWHERE = 'no-address.invalid';

/** In place of an address where an account has none: it leads nowhere (RFC 2606), and no two are alike. */
export const noAddress = (userId: string): string => `${userId}@${NOWHERE}`;

/** Whether an account has an address, to which mail goes and which pages show. */
export const hasAddress = (email: string): boolean => !email.endsWith(`@${NOWHERE}`);

/** An address as pages show it: '' where an account has none. */
export const shownAddress = (email: string): string => (hasAddress(email) ? email : '');

/** What the stored addresses of accounts without one are like, for SQL. */
export const LIKE_NO_ADDRESS = `%@${NOWHERE}`;
