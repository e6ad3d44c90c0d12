/** 128 random bits in hexadecimal, for what is repeated under one name; browsers keep `crypto.randomUUID` from pages that came over plain HTTP. */
export function createUniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
