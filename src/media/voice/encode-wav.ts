/** Samples a second of the voice sample and of everything measured of it: enough for speech, and what voice models take. */
export const voiceRateHz = 16_000;

const headerBytes = 44;

/**
 * Samples as a WAV file: PCM, 16 bits, one channel, 16 kHz; nothing in it but the format and the samples. WAV and not
 * FLAC: every voice service and model reads it, it needs no encoder, and 8 s are 256 kB.
 * Source: Multimedia Programming Interface and Data Specifications 1.0 (Microsoft, IBM, 1991), "WAVE".
 */
export function encodeWav(samples: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(headerBytes + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(voiceRateHz, 24);
  bytes.writeUInt32LE(voiceRateHz * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, headerBytes + at * 2);
  return bytes;
}
