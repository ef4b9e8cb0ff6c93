const MAX_LENGTH = 10_000;

/** Base64 of the UTF-8 bytes of a text; undefined when the result would pass Step Functions' 10,000 characters. */
export function encodeBase64(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_LENGTH) return undefined;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Text of Base64 data; undefined for text that is no Base64 or too long. */
export function decodeBase64(text: string): string | undefined {
  if (text.length > MAX_LENGTH || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text);
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
