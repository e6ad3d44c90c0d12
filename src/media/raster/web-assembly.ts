/** A memory that kernels work on. It never shrinks; growing it detaches what was seen of it before. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of it; TypeScript has its types only among those of browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/** Opens kernels, each time with a memory of their own; compiled once for a process: some kilobytes, a millisecond. */
export function prepareKernels<Kernels extends { readonly memory: KernelMemory }>(base64: string): () => Kernels {
  let module: object | undefined;
  return () => {
    module ??= new WebAssembly.Module(Buffer.from(base64, 'base64'));
    return new WebAssembly.Instance(module).exports as Kernels;
  };
}
