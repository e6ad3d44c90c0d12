import { readFile } from 'node:fs/promises';
import wabt from 'wabt';

/** The module of kernels-binary.ts, made from kernels.wat: bytes in a source file need no path that a build could lose. */
export async function generateKernels(path: string): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat(path, await readFile(path, 'utf8'), { simd: true, relaxed_simd: true });
  module.validate();
  const lines =
    Buffer.from(module.toBinary({}).buffer)
      .toString('base64')
      .match(/.{1,110}/g) ?? [];
  const text = lines.map((line) => `  '${line}',\n`).join('');
  return `/** kernels.wat as a WebAssembly module, base64. Written by scripts/generate-kernels.ts; never by hand. */\nexport const kernelsBinary: string = [\n${text}].join('');\n`;
}
