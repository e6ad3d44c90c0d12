import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOutOfRoom } from '../../../lib/is-out-of-room.ts';
import type { MediaSettings } from '../../config.ts';
import { noRoomForVideo } from '../../errors.ts';
import { DecodeError } from '../../video/decoder.ts';
import { findDecoder } from '../../video/find-decoder.ts';
import { soundRateHz } from '../encode/encoder.ts';
import type { AnimaticScript, ScriptClip } from '../script.ts';
import { mixSound } from './mix-sound.ts';
import { readWav, type Samples } from './read-wav.ts';

/**
 * Writes the sound of a script as raw samples into the work folder and answers the path; null where it has none: no
 * sound was asked for, and none is kept or the clip has none.
 */
export async function writeSound(
  script: AnimaticScript,
  workFolder: string,
  settings: MediaSettings,
): Promise<string | null> {
  const { clip, sound } = script;
  const kept = sound.is_kept && clip !== null && clip.header.sound_track !== null ? clip : null;
  if (!sound.is_made && kept === null) return null;
  const voices = sound.is_made ? await Promise.all(script.cast.map(({ voice }) => readVoice(voice))) : [];
  const clipSound = kept === null ? null : await decodeSound(kept, settings);
  const mixed = mixSound(script.shots, voices, clipSound);
  const path = join(workFolder, 'sound.raw');
  try {
    await writeFile(path, new Uint8Array(mixed.buffer));
  } catch (error) {
    throw isOutOfRoom(error) ? noRoomForVideo((error as Error).message) : error;
  }
  return path;
}

async function readVoice(path: string | null): Promise<Samples | null> {
  return path === null ? null : readWav(await readFile(path));
}

/** −1…1 at {@link soundRateHz}. What can't be decoded is silent: the pictures are no worse for it. */
async function decodeSound({ path, param, header }: ScriptClip, settings: MediaSettings): Promise<Float32Array> {
  const decoder = await findDecoder(settings.ffmpeg, param);
  const parts: Int16Array[] = [];
  try {
    for await (const samples of decoder.sound(
      { path, format: header.format, track: header.sound_track?.track },
      soundRateHz,
    ))
      parts.push(samples);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) for (const sample of part) whole[at++] = sample / 32768;
  return whole;
}
