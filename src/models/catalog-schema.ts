import { type Static, Type } from 'typebox';

/**
 * The catalog as the hosted service's own tools read it (their source of 2026-10: `CatalogModel`, `CatalogPrice`,
 * `WorkloadEstimateResponse`). Amounts are decimal text, since binary fractions don't add up.
 */
const CatalogMeta = Type.Object(
  {
    schema_version: Type.String({ examples: ['1'] }),
    catalog_version: Type.String({
      description: 'The same as long as models and prices are.',
      examples: ['cat_5a1c9e02'],
    }),
    updated_at: Type.String({ format: 'date-time' }),
    fresh_until: Type.String({
      format: 'date-time',
      description: 'Until when the answer need not be asked for again.',
    }),
  },
  { title: 'CatalogMeta' },
);
export type CatalogMeta = Static<typeof CatalogMeta>;

const CatalogModel = Type.Object(
  {
    model_id: Type.String({ examples: ['kling-o3-text-to-video'] }),
    display_name: Type.String({ examples: ['Kling O3 Text to Video'] }),
    provider: Type.Literal('kling'),
    description: Type.String(),
    aliases: Type.Array(Type.String()),
    capabilities: Type.Array(Type.String(), { examples: [['video']] }),
    protocols: Type.Array(Type.String(), { examples: [['evolink-video-generations']] }),
    lifecycle: Type.Enum(['preview', 'active', 'deprecated', 'retired'], { type: 'string' }),
    deprecates_at: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'CatalogModel' },
);

export const CatalogModels = Type.Object(
  { meta: CatalogMeta, models: Type.Array(CatalogModel) },
  { title: 'CatalogModels' },
);
export type CatalogModels = Static<typeof CatalogModels>;

const currency = Type.String({
  description: '`USD` where the operator has said what a credit costs (`TROUPE_CREDIT_USD`), else `CREDITS`.',
  examples: ['CREDITS'],
});

const CatalogPrice = Type.Object(
  {
    sku_id: Type.String({ examples: ['kling-o3-text-to-video:1080p:sound-off'] }),
    model_id: Type.String(),
    role: Type.Literal('output'),
    currency,
    unit: Type.Enum(['request', 'second', 'image'], { type: 'string' }),
    price: Type.String({ description: 'Of one unit, in `currency`.', examples: ['7.2036'] }),
    credits: Type.String({ description: 'The same in credits.', examples: ['7.2036'] }),
    minimum_credits: Type.Optional(Type.String({ description: 'The least that one video costs.', examples: ['16.2'] })),
    quality: Type.Optional(Type.String({ examples: ['1080p'] })),
    sound: Type.Optional(Type.Enum(['on', 'off'], { type: 'string' })),
    official_price: Type.Null(),
    effective_at: Type.String({ format: 'date-time' }),
    source_url: Type.Null(),
  },
  { title: 'CatalogPrice' },
);
export type CatalogPrice = Static<typeof CatalogPrice>;

export const CatalogPrices = Type.Object(
  { meta: CatalogMeta, prices: Type.Array(CatalogPrice) },
  { title: 'CatalogPrices' },
);
export type CatalogPrices = Static<typeof CatalogPrices>;

const count = Type.Union([Type.Number(), Type.String()]);

const EstimateInput = Type.Object(
  {
    count: Type.Optional({ ...count, description: 'How many requests, 1 to 100; default 1.' }),
    duration_seconds: Type.Optional({
      ...count,
      description: 'Whole seconds asked for, or of the given video; also as `duration`.',
    }),
    quality: Type.Optional(Type.String({ description: '`720p` by default.' })),
    sound: Type.Optional(Type.Union([Type.String(), Type.Boolean()], { description: '`on` or `off`, the default.' })),
    character_orientation: Type.Optional(Type.String({ description: 'Of motion control: `image` or `video`.' })),
  },
  { additionalProperties: true, description: 'What decides the price; any other field changes nothing.' },
);

export const EstimateRequest = Type.Object(
  {
    model_id: Type.String({ minLength: 1, examples: ['kling-o3-text-to-video'] }),
    operation: Type.Optional(
      Type.String({
        pattern: '^(video|image)[-_]generation$',
        'x-rule': 'must be video-generation or image-generation: this server makes elements, videos and pictures',
        examples: ['video-generation'],
      }),
    ),
    input: Type.Optional(EstimateInput),
    parameters: Type.Optional({ ...EstimateInput, description: 'The same under the name that other clients use.' }),
  },
  { title: 'EstimateRequest' },
);
export type EstimateRequest = Static<typeof EstimateRequest>;

export const Estimate = Type.Object(
  {
    estimate_id: Type.String({ examples: ['est_0f8fad5b'] }),
    catalog_version: Type.String(),
    model_id: Type.String(),
    operation: Type.String(),
    price_scope: Type.Literal('account'),
    currency,
    amount: Type.String({ description: 'What is expected to be charged, in `currency`.', examples: ['27'] }),
    amounts: Type.Object({
      credits: Type.String({ examples: ['27'] }),
      uc: Type.String({ description: 'In 10⁻⁴ credit, as the hosted service counts.', examples: ['270000'] }),
      usd: Type.Optional(Type.String()),
    }),
    credits_reserved: Type.String({
      description: 'What is held until the video is made: never less.',
      examples: ['27'],
    }),
    estimated_usage: Type.Object({
      count: Type.Integer(),
      duration_seconds: Type.Optional(Type.Number()),
      quality: Type.Optional(Type.String()),
      sound: Type.Optional(Type.Enum(['on', 'off'], { type: 'string' })),
    }),
    assumptions: Type.Array(Type.String(), { description: 'What was taken for granted, in sentences.' }),
    expires_at: Type.String({ format: 'date-time' }),
  },
  { title: 'Estimate' },
);
export type Estimate = Static<typeof Estimate>;
