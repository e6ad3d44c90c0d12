/** What a model makes, in words: `kling-o3-text-to-video` as `O3 text to video`, `kling-image-o1` as `Image O1`. */
export function presentModel(model: string): string {
  if (model === 'kling-custom-element') return 'Element';
  const words = model.replace(/^kling-/, '').split('-');
  const [first = '', ...rest] = words.map((word) => (/^[ov]\d/.test(word) ? word.toUpperCase() : word));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}
