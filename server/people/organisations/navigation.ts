import type { Actor } from '../../policy.js';

/** The entry of the navigation (views/layout.ejs) for a page that administrators and managers share, for its reader. */
export const navFor = (actor: Actor | null): 'admin' | 'team' => (actor?.isAdministrator ? 'admin' : 'team');
