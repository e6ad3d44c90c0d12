/** What a model makes, in words: `kling-o3-text-to-video` as `O3 text to video`. */
export function presentModel(model: string): string {
  if (model === 'kling-custom-element') return 'Element';
  const words = model.replace(/^kling-/, '').split('-');
  return [words[0]?.toUpperCase(), ...words.slice(1)].join(' ');
}
