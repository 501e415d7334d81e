/** One of our addresses with the course that somebody came for as a parameter; `''`: none. */
export const withCourse = (address: string, course: string): string =>
  course ? `${address}${address.includes('?') ? '&' : '?'}course=${course}` : address;
