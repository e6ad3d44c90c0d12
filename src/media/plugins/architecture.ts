/** What a plug-in model may do: draw a matte, describe a subject as numbers, or find faces. */
export const modelTasks = ['matting', 'embedding', 'faces'] as const;
/** What a plug-in can be for; at most one is added for each. */
export type ModelTask = (typeof modelTasks)[number];

/** How a picture becomes the one input of a model: float32, one picture at a time. */
export interface PictureInput {
  /** Names the input may have; absent: any. */
  readonly names?: readonly string[];
  /** Names that many files of it have, where any will do: they count when it is told from others. */
  readonly usualNames?: readonly string[];
  readonly layout: 'NCHW' | 'NHWC';
  /** Pixels. A model that leaves its sides open is run at these. */
  readonly width: number;
  readonly height: number;
  /** Whether a model that is fixed to other sides fits too; it is run at its own. */
  readonly anySide?: true;
  /**
   * Where sides are open: the picture keeps its shape, its shorter side gets the smaller of `width` and `height`, and both
   * become multiples of this. Absent: always `width` × `height`.
   */
  readonly keepShapeMultiple?: number;
  /** `stretch`: the picture fills the input whatever its shape; `letterbox`: at the top left, the rest is `mean`. */
  readonly fit: 'stretch' | 'letterbox';
  readonly channels: 'rgb' | 'bgr';
  /** A channel's value 0…1 is sent as (value − mean) ÷ deviation, in the order red, green, blue. */
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

interface Described {
  /** What operators call it: `--architecture u2net`. */
  readonly id: string;
  readonly title: string;
  readonly input: PictureInput;
  /** Licence of the weights as their makers publish them. */
  readonly licence: string;
  /** Set when that licence binds those who use the results: such a model is added only with `--accept-licence`. */
  readonly binds?: string;
  /** Set where inputs and outputs are those of another one too: it is only known by the file's checksum, or named. */
  readonly isNamedOnly?: true;
  /** Where the numbers come from. */
  readonly source: string;
}

export interface MattingArchitecture extends Described {
  readonly task: 'matting';
  readonly output: {
    /** Names the output may have; absent: the first output. One value a pixel of the input. */
    readonly names?: readonly string[];
    /** What makes 0…1 of its values. `min-max` stretches a matte that reaches ½ somewhere to the whole range. */
    readonly activation: 'none' | 'sigmoid' | 'min-max';
    /** Of `sigmoid`: which one of the same names it is when its values are chances 0…1 already. */
    readonly whenChances?: string;
  };
}

export interface EmbeddingArchitecture extends Described {
  readonly task: 'embedding';
  readonly output: {
    readonly names: readonly string[];
    /** `whole`: shape 1×N; `first-token`: shape 1×tokens×N, of which the first describes the picture. */
    readonly read: 'whole' | 'first-token';
  };
  /** Cosine at which two pictures are as likely as not of one subject, and the steepness of the score around it. */
  readonly sameSubject: { readonly at: number; readonly slope: number };
}

export interface FaceArchitecture extends Described {
  readonly task: 'faces';
  /** How boxes and scores are laid out; each has its own reader. */
  readonly decoder: 'ultraface' | 'yunet' | 'blazeface';
  /** Each output's name and shape, in the order the decoder reads them. */
  readonly outputs: readonly { readonly names: readonly string[]; readonly shape: readonly number[] }[];
  /** Least score of a face, and the overlap (IoU) from which two boxes are one face. */
  readonly scoreMin: number;
  readonly overlapMax: number;
}

export type Architecture = MattingArchitecture | EmbeddingArchitecture | FaceArchitecture;
