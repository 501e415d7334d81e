/** In how many ways k of n can be chosen: n! / (k! (n − k)!); none when k is more than n. Small whole numbers. */
export function choose(n: number, k: number): number {
  if (k > n) return 0;
  return Array.from({ length: k }, (_, i) => i).reduce((ways, i) => (ways * (n - i)) / (i + 1), 1);
}

/** In how many orders n things can stand: n!. */
export function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/**
 * In how many ways n lines can each take another one of n + 1 answers (one for each line, one to spare) so that
 * no line has its own: a(n) = n a(n − 1) + (n − 1) a(n − 2), beginning 1, 1, 3, 11, 53 (OEIS A000255).
 */
export function allWrong(n: number): number {
  return n <= 1 ? 1 : n * allWrong(n - 1) + (n - 1) * allWrong(n - 2);
}
