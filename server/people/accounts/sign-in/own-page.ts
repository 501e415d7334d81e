/** A page of ours to go on to, or '': never an address of another site. */
export const ownPage = (address: string): string =>
  /^\/(?![/\\])[\w\-./?=&%+:,~]*$/.test(address) ? address : '';
