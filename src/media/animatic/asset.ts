import type { PaintedPlace } from './script.ts';

/**
 * What a layer shows, as plain data: equal assets are made once. Lengths are pixels of the frame, colors `#rrggbb`,
 * `image` an index into the script's images, `path` an encoded picture.
 */
export type Asset =
  /** An image that fills its box, cut to its shape in the middle. */
  | { kind: 'photo'; image: number; width: number; height: number; blurPx: number; isPlace: boolean }
  /** A wall and a floor that run into each other, lit from above. */
  | { kind: 'studio'; width: number; height: number; color: string; horizonY: number; lightX: number }
  /** A painted place. */
  | { kind: 'place'; width: number; height: number; place: PaintedPlace; horizonY: number }
  /** Shows where something moves to; its box is full of it. */
  | { kind: 'arrow'; width: number; height: number; points: 'left' | 'right' | 'up' | 'down' | 'both' }
  /** The clip's frame of the moment. */
  | { kind: 'clip' }
  /** One that is `near` is looked past: dark and out of focus. */
  | { kind: 'cutout'; path: string; width: number; height: number; near?: true }
  /** What the cut-out of this size throws on the floor, or a soft dark rim behind it. The box has `marginPx` around. */
  | { kind: 'shadow'; path: string; width: number; height: number; marginPx: number; isOnFloor: boolean }
  /** A picture with a white edge and a soft shadow; the box has `marginPx` around it for the shadow. */
  | { kind: 'card'; picture: CardPicture; width: number; height: number; marginPx: number; edgePx: number }
  /** Darkness that grows towards the lower edge, for light text. */
  | { kind: 'scrim'; width: number; height: number }
  | { kind: 'fill'; color: string; opacity: number }
  | TurnedAsset
  | TextAsset;

/** Another asset, whose box has the size `inner`, turned clockwise around its middle and laid in a box of this size, or cut to it. */
interface TurnedAsset {
  kind: 'turned';
  asset: Exclude<Asset, { kind: 'clip' }>;
  degrees: number;
  inner: { width: number; height: number };
  width: number;
  height: number;
}

/** What a card shows: an image of the request, a file, or a plain color, which may bear a letter. */
type CardPicture =
  | { kind: 'image'; image: number }
  | { kind: 'file'; path: string }
  | { kind: 'color'; color: string; letter: string };

/** Lines of text, as `text/typeset.ts` measured them. The box has `marginPx` around the lines. */
export interface TextAsset {
  kind: 'text';
  lines: readonly string[];
  sizePx: number;
  lineHeightPx: number;
  weight: TextWeight;
  /** Extra space behind each letter. */
  trackingPx: number;
  align: 'left' | 'centre';
  color: string;
  width: number;
  height: number;
  marginPx: number;
  /** A dark pill behind the line, or a soft shadow behind the letters. */
  backing: 'pill' | 'shadow' | 'none';
  /** A dot of this color before the line. */
  dot: string | null;
  /** Whether it stays where it is, on whole pixels: it is drawn at its own size then, and crisp. */
  isStill: boolean;
}

const textWeights = [500, 600] as const;
export type TextWeight = (typeof textWeights)[number];

/** Whether it is a ground that covers the frame and has no edge sharper than some pixels. */
export function isSoft(asset: Asset): boolean {
  if (asset.kind === 'turned') return isSoft(asset.asset);
  return asset.kind === 'studio' || asset.kind === 'place' || (asset.kind === 'photo' && asset.isPlace);
}
