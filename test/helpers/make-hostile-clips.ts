/** MP4 files that try to cost more than they weigh or to reach elsewhere. Made of a good one whose index lies at its end. */

interface BoxPlace {
  at: number;
  length: number;
}

/** Replaces what is at `path` (names of boxes from the top) by what `change` makes of it; sizes above are set right. */
function changeBox(mp4: Buffer, path: readonly string[], change: (box: Buffer) => Buffer): Buffer {
  const places: BoxPlace[] = [];
  let [from, to] = [0, mp4.length];
  for (const name of path) {
    const place = findBox(mp4, name, from, to);
    places.push(place);
    from = place.at + 8;
    to = place.at + place.length;
  }
  const { at, length } = places.at(-1) as BoxPlace;
  const changed = change(mp4.subarray(at, at + length));
  const whole = Buffer.concat([mp4.subarray(0, at), changed, mp4.subarray(at + length)]);
  for (const above of places.slice(0, -1)) whole.writeUInt32BE(above.length + changed.length - length, above.at);
  return whole;
}

function findBox(mp4: Buffer, name: string, from: number, to: number): BoxPlace {
  for (let at = from; at < to; at += mp4.readUInt32BE(at)) {
    if (mp4.toString('latin1', at + 4, at + 8) === name) return { at, length: mp4.readUInt32BE(at) };
  }
  throw new Error(`no box ${name} between ${from} and ${to}`);
}

function makeBox(name: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Says that the pictures lie in another file, at `url`. */
export function pointElsewhere(mp4: Buffer, url: string): Buffer {
  const external = makeBox('url ', Buffer.from([0, 0, 0, 0]), Buffer.from(`${url}\0`));
  return changeBox(mp4, ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'], (box) =>
    makeBox('dref', box.subarray(8, 16), external),
  );
}

/** Holds its one track so many times. */
export function repeatTrack(mp4: Buffer, count: number): Buffer {
  return changeBox(mp4, ['moov', 'trak'], (box) => Buffer.concat(Array.from({ length: count }, () => box)));
}

/** Repeats the entry of its edit list so many times. */
export function repeatEdits(mp4: Buffer, count: number): Buffer {
  return changeBox(mp4, ['moov', 'trak', 'edts', 'elst'], (box) => {
    const head = Buffer.from(box.subarray(8, 16));
    head.writeUInt32BE(count, 4);
    const entry = box.subarray(16, head[0] === 1 ? 36 : 28);
    return makeBox('elst', head, ...Array.from({ length: count }, () => entry));
  });
}
