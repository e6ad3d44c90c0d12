import type { KernelMemory } from './web-assembly.ts';

const pageBytes = 65_536;

/** The memory of kernels, shared out. Places are bytes from its start, multiples of 16. */
export interface Places {
  /** For good: weights. */
  keep(values: ArrayLike<number>): number;
  /** Until it is given back; what it holds is undefined. */
  take(bytes: number): number;
  /** A later `take` may have it: of two steps the later one writes over what the earlier one has left. */
  giveBack(place: number): void;
  /** Zeros in every place that was ever taken. */
  wipe(): void;
}

/** All of it is free. */
export function openPlaces({ memory }: { readonly memory: KernelMemory }): Places {
  let end = 0;
  const taken = new Map<number, number>();
  const free: { place: number; bytes: number }[] = [];
  const lent: { place: number; bytes: number }[] = [];
  const append = (bytes: number) => {
    const place = end;
    end += bytes;
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
    if (missing > 0) memory.grow(missing);
    return place;
  };
  return {
    // Never where something was given back: what was there before is written anew in every run.
    keep(values) {
      const place = append(roundUp(values.length * 4, 16));
      new Float32Array(memory.buffer).set(values, place / 4);
      return place;
    },
    take(wanted) {
      const bytes = roundUp(wanted, 16);
      const at = free.findIndex((hole) => hole.bytes >= bytes);
      const hole = free[at];
      const place = hole?.place ?? append(bytes);
      if (hole === undefined) lent.push({ place, bytes });
      else free.splice(at, 1, ...cutHole(hole, bytes));
      taken.set(place, bytes);
      return place;
    },
    giveBack(place) {
      free.push({ place, bytes: taken.get(place) as number });
      taken.delete(place);
      free.sort((one, other) => one.place - other.place);
      for (let at = free.length - 1; at > 0; at--) {
        const [before, hole] = [free[at - 1], free[at]] as [{ place: number; bytes: number }, { bytes: number }];
        if (before.place + before.bytes !== free[at]?.place) continue;
        before.bytes += hole.bytes;
        free.splice(at, 1);
      }
    },
    wipe() {
      for (const { place, bytes } of lent) new Uint8Array(memory.buffer, place, bytes).fill(0);
    },
  };
}

function cutHole({ place, bytes }: { place: number; bytes: number }, taken: number) {
  return bytes === taken ? [] : [{ place: place + taken, bytes: bytes - taken }];
}

/** The next multiple. */
export function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}
