/**
 * Room: the catalogue. Owns, for each model, its request schema, its rules between fields, its price rule and its usual
 * time, as data. Knows no task, no account and no network: what a URL may point to is judged by a function handed in.
 * A request that was checked here breaks no rule that can be known without fetching.
 */
export { chooseModel, getModel, listModels } from './catalogue.ts';
export { chooseClipRules } from './clip-rules.ts';
export { computeCharge, type Settlement } from './compute-charge.ts';
export { computePictureCharge, computePrice, findOutputSecondsMax, lowerSettlement } from './compute-price.ts';
export { section } from './config.ts';
export { anglesModel } from './definitions/kling-image-angles.ts';
export { ArchivedElementFields, ElementEditBody } from './element-edit.ts';
export { elementTags } from './element-tags.ts';
export { estimatePrice } from './estimate-price.ts';
export { dryRunField, parseDryRun } from './fields/parse-dry-run.ts';
export {
  type MediaRole,
  type MediaSource,
  mediaUrlRules,
} from './fields/parse-media-source.ts';
export { callbackField } from './fields/request-fields.ts';
export type { ElementRequest, ImageRequest, ModelRequest, VideoRequest } from './fields/requests.ts';
export type { CastKind, Model } from './model.ts';
export {
  computeCatalogVersion,
  freshMs,
  presentCatalogMeta,
  presentCatalogModels,
  presentCatalogPrices,
} from './present-catalog.ts';
export { presentModel } from './schema.ts';
export { type WrittenSource, writeRequestBody } from './write-request-body.ts';
