/** Sound as it is mixed: one channel, −1…1. */
export interface Samples {
  rateHz: number;
  data: Float32Array;
}

/**
 * The sound of a WAV file with 16-bit samples, its channels mixed to one; null for any other file. Source: the RIFF
 * chunks `fmt ` and `data` as Microsoft describes them.
 */
export function readWav(bytes: Buffer): Samples | null {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: { channels: number; rateHz: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'fmt ') format = readFormat(body);
    if (name === 'data' && format !== null) return { rateHz: format.rateHz, data: mixChannels(body, format.channels) };
    at += 8 + length + (length & 1);
  }
  return null;
}

/** Format 1 is plain samples; 0xfffe says the same in a longer way. */
function readFormat(body: Buffer): { channels: number; rateHz: number } | null {
  if (body.length < 16) return null;
  const isPlain = [1, 0xfffe].includes(body.readUInt16LE(0)) && body.readUInt16LE(14) === 16;
  const [channels, rateHz] = [body.readUInt16LE(2), body.readUInt32LE(4)];
  return isPlain && channels > 0 && rateHz > 0 ? { channels, rateHz } : null;
}

function mixChannels(body: Buffer, channels: number): Float32Array {
  return Float32Array.from({ length: Math.floor(body.length / 2 / channels) }, (_, at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += body.readInt16LE((at * channels + channel) * 2);
    return sum / channels / 32768;
  });
}
