/**
 * Hundreds of ways to write one IPv4 address as the host of a URL: every split into one to four numbers, each part in
 * decimal, octal, hexadecimal or with leading zeros; other digits and dots that Unicode folds; percent encoding; and
 * the IPv6 forms that carry it.
 */
export function spellAddress(address: string): readonly string[] {
  const bytes = address.split('.').map(Number);
  const numeric = splits(bytes).flatMap((parts) => combine(parts.map(spellNumber)));
  const folded = [
    toDigits(address, 0xff10),
    toDigits(address, 0x1d7ce),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
  ];
  const encoded = [
    address.replaceAll('.', '%2e'),
    address.replace(/\d/g, (digit) => `%${digit.charCodeAt(0).toString(16)}`),
  ];
  return [...new Set([...numeric, ...folded, ...encoded, `${address}.`, ...spellIPv6(bytes)])];
}

function spellIPv6(bytes: readonly number[]): string[] {
  const dotted = bytes.join('.');
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
  const prefixes = [
    '::',
    '::ffff:',
    '::FFFF:',
    '0:0:0:0:0:ffff:',
    '::ffff:0:',
    '64:ff9b::',
    '64:ff9b:1::',
    '0000:0000:0000:0000:0000:FFFF:',
  ];
  const carried = prefixes.flatMap((prefix) => [`[${prefix}${dotted}]`, `[${prefix}${groups}]`]);
  return [...carried, `[2002:${groups}::]`, `[2001:0:${groups}::]`, `[::ffff:0:0:${groups}]`, `[fe80::5efe:${dotted}]`];
}

/** The address as one to four numbers, the last of which takes all remaining bytes. */
function splits(bytes: readonly number[]): number[][] {
  return [0, 1, 2, 3].map((head) => [
    ...bytes.slice(0, head),
    bytes.slice(head).reduce((value, byte) => value * 256 + byte, 0),
  ]);
}

function spellNumber(value: number): string[] {
  const hex = value.toString(16);
  return [
    String(value),
    `0${value.toString(8)}`,
    `0x${hex}`,
    `0X${hex.toUpperCase()}`,
    `0x000${hex}`,
    `000${value.toString(8)}`,
  ];
}

function combine(parts: readonly string[][]): string[] {
  return parts.reduce<string[]>(
    (heads, choices) =>
      heads.length === 0 ? choices : heads.flatMap((head) => choices.map((one) => `${head}.${one}`)),
    [],
  );
}

function toDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}
