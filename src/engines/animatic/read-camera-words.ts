import type { Framing, Move } from '../../media/index.ts';

/** What an English prompt says of framing and camera; absent where it says nothing. */
export function readCameraWords(prompt: string): { framing?: Framing; move?: Move } {
  const framing = framingWords.find(([pattern]) => pattern.test(prompt))?.[1];
  const move = moveWords.find(([pattern]) => pattern.test(prompt))?.[1];
  return { ...(framing === undefined ? {} : { framing }), ...(move === undefined ? {} : { move }) };
}

const framingWords: readonly (readonly [RegExp, Framing])[] = [
  [/\b(extreme )?close[- ]?ups?\b|\bclose (in )?on\b|\bmacro (shot|view)\b|\btight shot\b/i, 'close'],
  [/\b(wide|establishing|long|aerial|full|extreme wide)[- ](shot|angle|view)\b|\bpanoram|\bfrom afar\b/i, 'wide'],
  [/\b(medium|mid|waist|cowboy)[- ]?(shot|close)\b/i, 'medium'],
];

const moveWords: readonly (readonly [RegExp, Move])[] = [
  [/\b(zoom|push|dolly|track|move|mov|pull)(s|es|ing|ies)? (slowly )?(back|out|away)\b/i, 'pull'],
  [/\b(zoom|push|dolly|move|mov)(s|es|ing|ies)? (slowly )?(in|closer|forwards?)\b/i, 'push'],
  [/\b(pan|track|truck|slide|move|sweep)(s|n?ing|ed)? (slowly )?(to the )?left\b/i, 'left'],
  [/\b(pan|track|truck|slide|move|sweep)(s|n?ing|ed)? (slowly )?(to the )?right\b/i, 'right'],
];
