/** An address of ours that hands on which course somebody came for; `''`: none. */
export const withCourse = (address: string, course: string): string =>
  course ? `${address}${address.includes('?') ? '&' : '?'}course=${course}` : address;
