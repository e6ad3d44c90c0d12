import type { ClipHeader } from '../schema.ts';

/**
 * FFmpeg filters that bring a clip of high dynamic range to what an sRGB screen shows, at the given size; none for any other
 * clip. Made of filters that every build has (`lutrgb`, `colorchannelmixer`, `blend`): `zscale` and `tonemap` are missing
 * from many. Scaled down first, so that the frames of 16 bits are small.
 *
 * Light is measured against diffuse white at 203 cd/m² (ITU-R BT.2408, table 1), kept as it is up to 0.7 of that and
 * pressed together above, so that highlights keep some shape; then BT.2020 primaries become BT.709 ones (BT.2087,
 * linear light) and the sRGB curve is put on. In 16 bits, as linear light in fewer shows bands in the dark.
 */
export function mapTones(
  transfer: ClipHeader['color_transfer'],
  { width, height }: { width: number; height: number },
): string[] {
  const toLight = transfer === null ? undefined : toDisplayLight[transfer];
  if (toLight === undefined) return [];
  return [
    `scale=${width}:${height}:in_color_matrix=bt2020:flags=bicubic+accurate_rnd+full_chroma_int`,
    'format=gbrp16le',
    ...toLight.filters,
    lookUp(`st(3,(${toLight.nits})/203);maxval*if(lte(ld(3),0.7),ld(3),0.7+0.3*(1-exp((0.7-ld(3))/0.3)))`),
    mixToBt709,
    lookUp('st(0,val/maxval);maxval*if(lte(ld(0),0.0031308),12.92*ld(0),1.055*pow(ld(0),1/2.4)-0.055)'),
  ];
}

/** Whether {@link mapTones} does anything. */
export function needsToneMapping(transfer: ClipHeader['color_transfer']): boolean {
  return transfer !== null && transfer in toDisplayLight;
}

function lookUp(expression: string): string {
  return `lutrgb=r='${expression}':g='${expression}':b='${expression}'`;
}

/**
 * Light of all three channels, 0…1, to the power of the system gamma of a display of 1000 cd/m²: each times luminance to the
 * power of 0.2 (ITU-R BT.2100, table 5, OOTF). The power of each channel for itself, which is so much easier, changes hues:
 * up to 22 of CIE 1976 color difference on patches.
 */
const systemGamma = [
  'split[light][same];[same]colorchannelmixer=rr=0.2627:rg=0.678:rb=0.0593:gr=0.2627:gg=0.678:gb=0.0593:br=0.2627:bg=0.678:bb=0.0593',
  `${lookUp('maxval*pow(val/maxval,0.2)')}[gain];[light][gain]blend=all_mode=multiply`,
];

/** By transfer: filters on the signal, and the expression that makes cd/m² of what they leave. */
const toDisplayLight: Readonly<Record<string, { filters: readonly string[]; nits: string }>> = {
  // SMPTE ST 2084, EOTF
  pq: {
    filters: [],
    nits: 'st(0,pow(val/maxval,1/78.84375));10000*pow(max(ld(0)-0.8359375,0)/(18.8515625-18.6875*ld(0)),1/0.1593017578125)',
  },
  // ITU-R BT.2100, table 5: inverse OETF, OOTF
  hlg: {
    filters: [
      lookUp(
        'st(0,val/maxval);maxval*if(lte(ld(0),0.5),pow(ld(0),2)/3,(exp((ld(0)-0.55991073)/0.17883277)+0.28466892)/12)',
      ),
      ...systemGamma,
    ],
    nits: '1000*val/maxval',
  },
};

const mixToBt709 =
  'colorchannelmixer=rr=1.6605:rg=-0.5876:rb=-0.0728:gr=-0.1246:gg=1.1329:gb=-0.0083:br=-0.0182:bg=-0.1006:bb=1.1187';
