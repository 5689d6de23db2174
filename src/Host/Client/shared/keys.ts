/** A new key: 128 random bits in hexadecimal digits. (`crypto.randomUUID` is there on secure connections only.) */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
