import { readFile } from 'node:fs/promises';
import { arch } from 'node:os';

/**
 * What this machine's processor lacks for media work, in a sentence for the operator, or null. Only Linux on x64 tells, in
 * `/proc/cpuinfo`, and only there processors without these instructions still run (old ones, and virtual ones of a type like
 * `kvm64` or `qemu64`). Never throws.
 */
export async function judgeProcessor(path = '/proc/cpuinfo', machine: string = arch()): Promise<string | null> {
  if (machine !== 'x64') return null;
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, flags] = /^flags\s*:(.*)$/m.exec(text) ?? [];
  if (flags === undefined) return null;
  const has = new Set(flags.trim().split(/\s+/));
  if (!has.has('sse4_2')) {
    // sharp 0.35 refuses to load then (lib/sharp: "require v2 microarchitecture"), and takes WebAssembly where it is installed.
    return (
      'this processor has no SSE4.2, which the library for pictures needs: every element fails as service_error. ' +
      'Give a virtual machine the type "host", or run: npm install --no-save --cpu=wasm32 @img/sharp-wasm32'
    );
  }
  if (!has.has('avx2')) {
    return (
      'this processor has no AVX2: media work is slower, and added models or an ffmpeg that were built for it fail. ' +
      'Give a virtual machine the type "host"'
    );
  }
  return null;
}
