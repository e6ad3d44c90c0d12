import { serverBusy, shareUsedUp } from './errors.ts';

export interface Places {
  /** Takes a place for the account until it is disposed. Throws 503 `service_unavailable` where none is left for it. */
  take(accountId: number): Disposable;
}

/**
 * How much may come at once that lies on this machine's disk before anybody knows whether it is kept. No account holds more
 * than half of the places, so that none alone fills the disk or keeps the others out.
 */
export function createPlaces(placesMax: number): Places {
  const eachMax = Math.ceil(placesMax / 2);
  const held = new Map<number, number>();
  let taken = 0;

  function leave(accountId: number): void {
    taken -= 1;
    const left = (held.get(accountId) ?? 1) - 1;
    if (left > 0) held.set(accountId, left);
    else held.delete(accountId);
  }

  return {
    take(accountId) {
      const own = held.get(accountId) ?? 0;
      if (own >= eachMax) throw shareUsedUp();
      if (taken >= placesMax) throw serverBusy();
      taken += 1;
      held.set(accountId, own + 1);
      let isHeld = true;
      return {
        [Symbol.dispose]() {
          if (isHeld) leave(accountId);
          isHeld = false;
        },
      };
    },
  };
}
