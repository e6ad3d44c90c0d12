/**
 * Units of a picture that one unit of a video is worth: the vendor's price page of pictures (2026-09-20) has 8 units for $0.028, that of
 * videos $0.14 for one. Everything here is counted in units of videos.
 */
const imageUnitsPerUnit = 40;

/** What the upstream took for a task of `product`, which it told in units of that product's pack, as decimal digits. */
export function toVideoUnits(product: string, units: string): string {
  return product.startsWith('image/') ? String(Number(units) / imageUnitsPerUnit) : units;
}
