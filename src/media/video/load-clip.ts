import type { MediaSettings } from '../config.ts';
import { noVideoDecoder } from '../errors.ts';
import type { MediaSource } from '../inspect-source.ts';
import type { Progress } from '../pool/wire.ts';
import type { ClipHeader, SourceFacts } from '../schema.ts';
import type { View } from '../views/view.ts';

export async function loadClip(
  source: MediaSource,
  _header: ClipHeader,
  _settings: MediaSettings,
  _report: (progress: Progress) => void,
): Promise<{ views: View[]; facts(): SourceFacts[] }> {
  throw noVideoDecoder(source.param, 'not yet');
}
