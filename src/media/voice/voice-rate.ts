/** Samples a second of the voice sample and of everything measured of it: enough for speech, and what voice models take. */
export const voiceRateHz = 16_000;
