/** A picture in a HEIF file: what it is coded as, its bytes, and its properties as whole boxes. */
export interface HeifItem {
  type: string;
  data: Buffer;
  properties: readonly Buffer[];
  /** Part of another picture, and none by itself. */
  isHidden?: boolean;
}

/** A box of the ISO base media file format (ISO/IEC 14496-12). */
export function box(name: string, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as Buffer)));
  return Buffer.concat([number(body.length + 8, 4), Buffer.from(name, 'latin1'), body]);
}

const full = (name: string, version: number, ...content: readonly (Buffer | readonly number[])[]) =>
  box(name, [version, 0, 0, 0], ...content);

/** Big-endian. */
export function number(value: number, bytes: 1 | 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** The property of a size that an item claims to have. */
export const ispe = (width: number, height: number) => full('ispe', 0, number(width, 4), number(height, 4));

/** The property of colors by their codes: primaries, transfer, matrix, full range. */
export const nclx = (primaries: number, transfer: number, matrix: number) =>
  box('colr', Buffer.from('nclx'), number(primaries, 2), number(transfer, 2), number(matrix, 2), [0x80]);

/** The property of an ICC profile. */
export const prof = (profile: Buffer) => box('colr', Buffer.from('prof'), profile);

/**
 * A HEIF file (ISO/IEC 23008-12) of these items, with ids from 1; the first is the primary one. `references` are of the
 * kinds `dimg` (a grid's tiles), `auxl` and so on, by ids.
 */
export function writeHeif(
  items: readonly HeifItem[],
  { brand = 'heic', references = [], moveBy = 0 }: HeifOptions = {},
): Buffer {
  const properties = items.flatMap((item) => item.properties);
  let property = 0;
  const associations = items.map((item, at) =>
    Buffer.concat([
      number(at + 1, 2),
      number(item.properties.length, 1),
      Buffer.from(item.properties.map(() => 0x80 | ++property)),
    ]),
  );
  const infos = items.map((item, at) =>
    box('infe', [2, 0, 0, item.isHidden ? 1 : 0], number(at + 1, 2), [0, 0], Buffer.from(item.type, 'latin1'), [0]),
  );
  const head = box('ftyp', Buffer.from(brand), [0, 0, 0, 0], Buffer.from(`mif1${brand}`));
  const write = (start: number) => {
    let offset = start;
    const places = items.map(({ data }, at) => {
      const place = [number(at + 1, 2), [0, 0], number(1, 2), number(offset + moveBy, 4), number(data.length, 4)];
      offset += data.length;
      return Buffer.concat(place.map((part) => Buffer.from(part as Buffer)));
    });
    return full(
      'meta',
      0,
      full('hdlr', 0, [0, 0, 0, 0], Buffer.from('pict'), Buffer.alloc(13)),
      full('pitm', 0, number(1, 2)),
      full('iloc', 0, [0x44, 0], number(items.length, 2), ...places),
      full('iinf', 0, number(items.length, 2), ...infos),
      box('iprp', box('ipco', ...properties), full('ipma', 0, number(items.length, 4), ...associations)),
      ...(references.length === 0 ? [] : [full('iref', 0, ...references.map(writeReference))]),
    );
  };
  const start = head.length + write(0).length + 8;
  return Buffer.concat([head, write(start), box('mdat', ...items.map(({ data }) => data))]);
}

export interface HeifOptions {
  brand?: string;
  references?: readonly { kind: string; from: number; to: readonly number[] }[];
  /** Bytes by which the places of the items are wrong. */
  moveBy?: number;
}

function writeReference({ kind, from, to }: { kind: string; from: number; to: readonly number[] }): Buffer {
  return box(kind, number(from, 2), number(to.length, 2), ...to.map((id) => number(id, 2)));
}

/** The one coded picture of a HEIC file as heif-enc writes it: its bytes, and what its decoder has to know. */
export function readCodedPicture(file: Buffer): { data: Buffer; hvcC: Buffer } {
  const at = file.indexOf('hvcC') - 4;
  const start = file.indexOf('mdat') + 4;
  return { data: file.subarray(start), hvcC: file.subarray(at, at + file.readUInt32BE(at)) };
}
