/** A pack of units that the account has bought. */
export interface ResourcePack {
  name: string;
  total_units: number;
  remaining_units: number;
  /** Unix milliseconds; null where the upstream didn't say. */
  ends_at: number | null;
  /** `online`, `expired`, `runOut`, `toBeOnline`. */
  status: string;
}

/**
 * Reads the `data` of the account's costs (vendor's page of the account information, 2026-09-20: `resource_pack_subscribe_infos`). Null when it is
 * none.
 */
export function readCosts(data: unknown): ResourcePack[] | null {
  const list = (data as { resource_pack_subscribe_infos?: unknown } | null)?.resource_pack_subscribe_infos;
  if (!Array.isArray(list)) return null;
  return list.map((one: Record<string, unknown> | null) => ({
    name: String(one?.resource_pack_name ?? '').slice(0, 200),
    total_units: readNumber(one?.total_quantity),
    remaining_units: readNumber(one?.remaining_quantity),
    ends_at: typeof one?.invalid_time === 'number' ? one.invalid_time : null,
    status: String(one?.status ?? '').slice(0, 40),
  }));
}

function readNumber(value: unknown): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

/** What is left in packs that can be used. */
export function sumRemaining(packs: readonly ResourcePack[]): number {
  return packs
    .filter(({ status }) => status === 'online')
    .reduce((sum, { remaining_units }) => sum + remaining_units, 0);
}
