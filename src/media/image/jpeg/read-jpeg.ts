/** What the markers of a JPEG file say: its frame, and where each scan lies. Nothing in it is decoded. */
export interface Jpeg {
  frame: JpegFrame;
  /** In the order of the file, up to the end of the picture: what lies behind it (a film, more pictures) is not looked at. */
  scans: JpegScan[];
  /** First value of each quantisation table: the step of the mean of a block. */
  meanSteps: readonly (number | undefined)[];
}

export interface JpegFrame {
  /** Second byte of its marker, 0xc0…0xcf: the process it is coded by (ITU-T T.81, table B.1). */
  process: number;
  bitsPerSample: number;
  widthPx: number;
  heightPx: number;
  components: readonly { id: number; across: number; down: number; quantTable: number }[];
}

export interface JpegScan {
  /** `component` is an index into those of the frame; the tables are undefined where the file never defined them. */
  parts: readonly { component: number; meanCode: HuffmanCode | undefined; otherCode: HuffmanCode | undefined }[];
  /** Spectral selection and successive approximation, as T.81 B.2.3 names them. */
  spectrumFrom: number;
  spectrumTo: number;
  bitsBefore: number;
  bitsLeft: number;
  /** MCUs between restart markers; 0: there are none. */
  restartInterval: number;
  /** Its coded data with stuffing and restart markers, without the marker behind it. */
  data: Buffer;
}

/** As DHT lists it: how many codes there are of each length 1…16, and their symbols. */
export interface HuffmanCode {
  counts: Buffer;
  symbols: Buffer;
}

/** A file that breaks the rules of its own format; the message is for the log. */
export class BrokenJpeg extends Error {}

/**
 * Walks the markers from the start of the picture to its end (EOI, or the end of the file). At most `scansMax` scans are
 * listed and one more, so that a file can't make the list long. Throws {@link BrokenJpeg} without a frame, or where a
 * segment reaches beyond the file. Of a JPEG-LS file it lists no scans.
 */
export function readJpeg(file: Buffer, scansMax: number): Jpeg {
  const tables: Tables = { mean: [], other: [], meanSteps: [], restartInterval: 0 };
  const scans: JpegScan[] = [];
  let frame: JpegFrame | undefined;
  for (let at = findMarker(file, 2); at !== -1 && scans.length <= scansMax; ) {
    const marker = file[at + 1] as number;
    if (marker === 0xd9) break;
    if (isBare(marker)) {
      at = findMarker(file, at + 2);
      continue;
    }
    const body = readBody(file, at);
    let next = at + 4 + body.length;
    if (isFrame(marker)) {
      if (frame !== undefined) throw new BrokenJpeg('two frame headers');
      frame = readFrame(marker, body);
      // Its coded data and tables follow other rules, and nobody reads them here.
      if (marker === jpegLs) return { frame, scans, meanSteps: tables.meanSteps };
    } else if (marker === 0xda) {
      if (frame === undefined) throw new BrokenJpeg('a scan before the frame header');
      const end = findScanEnd(file, next);
      scans.push(readScan(body, frame, tables, file.subarray(next, end)));
      next = end;
    } else readTables(marker, body, tables);
    at = findMarker(file, next);
  }
  if (frame === undefined) throw new BrokenJpeg('no frame header');
  return { frame, scans, meanSteps: tables.meanSteps };
}

interface Tables {
  mean: (HuffmanCode | undefined)[];
  other: (HuffmanCode | undefined)[];
  meanSteps: (number | undefined)[];
  restartInterval: number;
}

/** The next 0xff that is followed by a marker; bytes before it and fill bytes are skipped, as every decoder does. */
function findMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const marker = file[at + 1];
    if (marker !== 0x00 && marker !== 0xff) return at;
  }
  return -1;
}

/** Inside coded data 0xff is followed by 0x00, a restart marker or a fill byte; anything else ends it. */
function findScanEnd(file: Buffer, from: number): number {
  let at = findMarker(file, from);
  while (at !== -1 && isRestart(file[at + 1] as number)) at = findMarker(file, at + 2);
  return at === -1 ? file.length : at;
}

/** RST0 to RST7 (ITU-T T.81, table B.1). */
export function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** Markers without a length: SOI, TEM and restarts out of place. */
function isBare(marker: number): boolean {
  return isRestart(marker) || marker === 0xd8 || marker === 0x01;
}

/** SOF55, the frame header of JPEG-LS (T.87). */
export const jpegLs = 0xf7;

/** 0xc4, 0xc8 and 0xcc lie among the frame headers and are none. */
function isFrame(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === jpegLs;
}

function readBody(file: Buffer, at: number): Buffer {
  const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
  if (length < 2 || at + 2 + length > file.length) throw new BrokenJpeg('a segment reaches beyond the file');
  return file.subarray(at + 4, at + 2 + length);
}

function readFrame(process: number, body: Buffer): JpegFrame {
  const count = body[5] ?? 0;
  if (count === 0 || body.length < 6 + count * 3) throw new BrokenJpeg('a short frame header');
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, quantTable = 0] = body.subarray(6 + index * 3);
    return { id, across: sampling >> 4, down: sampling & 15, quantTable };
  });
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) {
    throw new BrokenJpeg('sampling factors out of range');
  }
  const [bitsPerSample = 0] = body;
  return { process, bitsPerSample, heightPx: body.readUInt16BE(1), widthPx: body.readUInt16BE(3), components };
}

function readScan(body: Buffer, frame: JpegFrame, tables: Tables, data: Buffer): JpegScan {
  const count = body[0] ?? 0;
  if (count < 1 || count > 4 || body.length < 4 + count * 2) throw new BrokenJpeg('a short scan header');
  const parts = Array.from({ length: count }, (_, index) => {
    const [id, codes = 0] = body.subarray(1 + index * 2);
    const component = frame.components.findIndex((one) => one.id === id);
    if (component === -1) throw new BrokenJpeg('a scan of a component that is not in the frame');
    return { component, meanCode: tables.mean[codes >> 4], otherCode: tables.other[codes & 15] };
  });
  const [spectrumFrom = 0, spectrumTo = 0, approximation = 0] = body.subarray(1 + count * 2);
  return {
    parts,
    spectrumFrom,
    spectrumTo,
    data,
    bitsBefore: approximation >> 4,
    bitsLeft: approximation & 15,
    restartInterval: tables.restartInterval,
  };
}

function readTables(marker: number, body: Buffer, tables: Tables): void {
  if (marker === 0xc4) readHuffmanCodes(body, tables);
  else if (marker === 0xdb) readMeanSteps(body, tables);
  else if (marker === 0xdd && body.length >= 2) tables.restartInterval = body.readUInt16BE(0);
}

function readHuffmanCodes(body: Buffer, tables: Tables): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const place = body[at] as number;
    const counts = body.subarray(at + 1, at + 17);
    const length = counts.reduce((sum, count) => sum + count, 0);
    const symbols = body.subarray(at + 17, at + 17 + length);
    if (symbols.length < length) throw new BrokenJpeg('a short Huffman table');
    (place >> 4 === 0 ? tables.mean : tables.other)[place & 15] = { counts, symbols };
    at += 17 + length;
  }
}

function readMeanSteps(body: Buffer, tables: Tables): void {
  for (let at = 0; at < body.length; ) {
    const place = body[at] as number;
    const isWide = place >> 4 !== 0;
    if (at + 3 > body.length) return;
    tables.meanSteps[place & 15] = isWide ? body.readUInt16BE(at + 1) : body[at + 1];
    at += 1 + (isWide ? 128 : 64);
  }
}
