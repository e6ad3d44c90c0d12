import type { TextAsset } from '../asset.ts';
import { even } from '../assets/density.ts';
import type { Layer } from '../plan.ts';

/** A line of text in a dark pill of this size. */
export function pillText(
  line: string,
  { width, height, sizePx, marginPx }: Pick<TextAsset, 'width' | 'height' | 'sizePx' | 'marginPx'>,
  extra: Partial<TextAsset> = {},
): TextAsset {
  return {
    kind: 'text',
    lines: [line],
    sizePx,
    weight: 600,
    trackingPx: 0,
    lineHeightPx: height,
    align: 'left',
    color: '#ffffff',
    width,
    height,
    marginPx,
    backing: 'pill',
    dot: null,
    isStill: false,
    ...extra,
  };
}

/** Text that stays in its place, put on whole pixels and drawn at its own size. */
export function stillText(asset: TextAsset, left: number, top: number): Pick<Layer, 'asset' | 'box' | 'depth'> {
  const size = { width: even(asset.width), height: even(asset.height) };
  const box = { left: Math.round(left), top: Math.round(top), ...size };
  return { asset: { ...asset, ...size, isStill: true }, box, depth: 0 };
}
