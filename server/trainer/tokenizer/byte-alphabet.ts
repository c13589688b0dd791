/**
 * GPT-2's alphabet of 256 printable characters, one per byte, in which byte-level vocabularies are written.
 */

function buildAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

const CHARACTER_OF_BYTE = buildAlphabet();
const BYTE_OF_CHARACTER = new Map(CHARACTER_OF_BYTE.map((character, byte) => [character, byte]));

/** The UTF-8 bytes of `text`, one alphabet character each. */
export function toByteCharacters(text: string): string {
  let mapped = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return mapped + mapBytes(Buffer.from(text.slice(i), "utf8"));
    mapped += CHARACTER_OF_BYTE[code];
  }
  return mapped;
}

function mapBytes(bytes: Uint8Array): string {
  let mapped = "";
  for (const byte of bytes) mapped += CHARACTER_OF_BYTE[byte];
  return mapped;
}

/**
 * The bytes that a vocabulary entry stands for. An entry with any character outside the alphabet (an added token such
 * as `<｜User｜>`) stands for its own UTF-8.
 */
export function toBytes(token: string): Uint8Array {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = BYTE_OF_CHARACTER.get(token[i]!);
    if (byte === undefined) return Buffer.from(token, "utf8");
    bytes[i] = byte;
  }
  return bytes;
}
