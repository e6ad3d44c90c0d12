import { type Static, Type } from 'typebox';

/** Farther than any picture is wide: a hand that leaves the picture is no fault. */
const Coordinate = Type.Number({ minimum: -20_000, maximum: 20_000 });

/** `[x, y]`. No tuple: what OpenAPI 3.1 and older readers say for one differs. */
const Point = Type.Unsafe<[number, number]>(Type.Array(Coordinate, { minItems: 2, maxItems: 2 }));

/** A stroke of a brush over the upright picture, in its pixels. */
export const Stroke = Type.Object({
  kind: Type.Union([Type.Literal('keep'), Type.Literal('remove')]),
  radius_px: Type.Number({ minimum: 0.5, maximum: 2_000 }),
  points: Type.Array(Point, { minItems: 1, maxItems: 1_000 }),
});
export type Stroke = Static<typeof Stroke>;

/** What a person has done to the cut-out of one view. */
export const MendedView = Type.Object({
  /** Stem of the names of its files: `frontal`, `refer-1`, `frame-2`. */
  view: Type.String(),
  /** Of all times it was mended, in their order; older ones are left out when there are too many. */
  strokes: Type.Array(Stroke),
  /** How many were left out. */
  strokes_left_out: Type.Optional(Type.Integer({ minimum: 1 })),
  /** An alpha that was drawn elsewhere stood before the strokes. */
  alpha_given: Type.Optional(Type.Literal(true)),
  /** What the view goes back to. */
  automatic: Type.Object({ matte_confidence: Type.Number({ minimum: 0, maximum: 1 }) }),
});
export type MendedView = Static<typeof MendedView>;
