import type { ClipHeader } from '../schema.ts';

/**
 * FFmpeg filters that bring a clip of high dynamic range to what an sRGB screen shows; none for any other clip. Made of
 * filters that every build has (`lutrgb`, `colorchannelmixer`): `zscale` and `tonemap` are missing from many.
 *
 * Light is measured against diffuse white at 203 cd/m² (ITU-R BT.2408, table 1), kept as it is up to 0.7 of that and
 * pressed together above, so that highlights keep some shape; then BT.2020 primaries become BT.709 ones (BT.2087,
 * linear light) and the sRGB curve is put on. In 16 bits, as linear light in fewer shows bands in the dark.
 */
export function mapTones(transfer: ClipHeader['color_transfer']): string[] {
  const nits = transfer === null ? undefined : toNits[transfer];
  if (nits === undefined) return [];
  return [
    'scale=in_color_matrix=bt2020:flags=accurate_rnd+full_chroma_int',
    'format=gbrp16le',
    lookUp(`st(3,(${nits})/203);maxval*if(lte(ld(3),0.7),ld(3),0.7+0.3*(1-exp((0.7-ld(3))/0.3)))`),
    mixToBt709,
    lookUp('st(0,val/maxval);maxval*if(lte(ld(0),0.0031308),12.92*ld(0),1.055*pow(ld(0),1/2.4)-0.055)'),
  ];
}

const toNits: Readonly<Record<string, string>> = {
  // SMPTE ST 2084, EOTF
  pq: 'st(0,pow(val/maxval,1/78.84375));10000*pow(max(ld(0)-0.8359375,0)/(18.8515625-18.6875*ld(0)),1/0.1593017578125)',
  // ITU-R BT.2100, inverse OETF and OOTF (gamma 1.2, each channel for itself) of a display of 1000 cd/m²
  hlg: '1000*pow(if(lte(val/maxval,0.5),pow(val/maxval,2)/3,(exp((val/maxval-0.55991073)/0.17883277)+0.28466892)/12),1.2)',
};

const mixToBt709 =
  'colorchannelmixer=rr=1.6605:rg=-0.5876:rb=-0.0728:gr=-0.1246:gg=1.1329:gb=-0.0083:br=-0.0182:bg=-0.1006:bb=1.1187';

function lookUp(expression: string): string {
  return `lutrgb=r='${expression}':g='${expression}':b='${expression}'`;
}
