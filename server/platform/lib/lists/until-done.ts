/** Do work in batches of at most `size`, until one has less to do. `batch` and the whole return how much was done. */
export async function untilDone(size: number, batch: () => Promise<number>): Promise<number> {
  let done = 0;
  for (;;) {
    const count = await batch();
    done += count;
    if (count < size) return done;
  }
}
