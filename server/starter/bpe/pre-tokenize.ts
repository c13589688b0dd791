/**
 * Cuts text into the pieces that merges may not cross, and writes bytes as the visible characters of GPT-2's table.
 * The rule is Qwen2's: digits one by one, a word with the one character before it.
 */

/** The rule as tokenizer.json holds it (Rust's regex syntax). */
export const SPLIT_PATTERN =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

// JavaScript before 2025 has no (?i:…), so the contractions are spelt in both cases.
const SPLIT =
  /'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** The pieces of a text, in order; together they are the text in NFC. */
export function splitPieces(text: string): string[] {
  return text.normalize("NFC").match(SPLIT) ?? [];
}

/** The 256 characters that stand for the bytes 0…255 (openai/gpt-2, encoder.py, bytes_to_unicode). */
export const BYTE_CHARACTERS: readonly string[] = byteCharacters();

/** A piece as the characters of its UTF-8 bytes. */
export function toByteCharacters(piece: string): string[] {
  return Array.from(new TextEncoder().encode(piece), (byte) => BYTE_CHARACTERS[byte]!);
}

function byteCharacters(): string[] {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
}
