/**
 * The element types of safetensors files: their sizes, and conversion from and to float32, as plain loops over typed
 * arrays. It knows no files. Little-endian machines only, as the format itself (all that Node runs on).
 */

/** Bytes per element of every type that the format names and that can be told apart by whole bytes. */
export const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};

/** The types that weights are written in. */
export type FloatType = "F32" | "F16" | "BF16";

/** Whether `widen` can turn this type into float32. */
export function isReadable(dtype: string): boolean {
  return dtype in ELEMENT_BYTES && !dtype.startsWith("F8");
}

/** float16's 65536 values; built at the first use. */
let halfValues: Float32Array | undefined;

function halfTable(): Float32Array {
  if (halfValues) return halfValues;
  const table = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) table[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) table[bits] = fraction === 0 ? sign * Infinity : NaN;
    else table[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return (halfValues = table);
}

/**
 * Widens raw file bytes to float32.
 * @param bytes little-endian elements of `dtype`, starting at a multiple of 8 in their buffer
 * @param out receives one value per element
 */
export function widen(dtype: string, bytes: Uint8Array, out: Float32Array): void {
  const { buffer, byteOffset } = bytes;
  const count = out.length;
  switch (dtype) {
    case "BF16": {
      const source = new Uint16Array(buffer, byteOffset, count);
      const target = new Uint32Array(out.buffer, out.byteOffset, count);
      for (let i = 0; i < count; i++) target[i] = source[i]! << 16;
      return;
    }
    case "F16": {
      const source = new Uint16Array(buffer, byteOffset, count);
      const table = halfTable();
      for (let i = 0; i < count; i++) out[i] = table[source[i]!]!;
      return;
    }
    case "I64":
    case "U64": {
      const source =
        dtype === "I64"
          ? new BigInt64Array(buffer, byteOffset, count)
          : new BigUint64Array(buffer, byteOffset, count);
      for (let i = 0; i < count; i++) out[i] = Number(source[i]);
      return;
    }
    case "F32":
      return out.set(new Float32Array(buffer, byteOffset, count));
    case "F64":
      return out.set(new Float64Array(buffer, byteOffset, count));
    case "I32":
      return out.set(new Int32Array(buffer, byteOffset, count));
    case "U32":
      return out.set(new Uint32Array(buffer, byteOffset, count));
    case "I16":
      return out.set(new Int16Array(buffer, byteOffset, count));
    case "U16":
      return out.set(new Uint16Array(buffer, byteOffset, count));
    case "I8":
      return out.set(new Int8Array(buffer, byteOffset, count));
    case "U8":
    case "BOOL":
      return out.set(new Uint8Array(buffer, byteOffset, count));
    default:
      throw new Error(`no conversion from ${dtype}`);
  }
}

/** float32 to the bytes of `dtype`, rounding to nearest even as PyTorch does. F32 shares memory with `values`. */
export function narrow(dtype: FloatType, values: Float32Array): Uint8Array {
  switch (dtype) {
    case "F32":
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case "BF16":
      return narrowToBfloat16(values);
    case "F16":
      return narrowToFloat16(values);
  }
}

function narrowToBfloat16(values: Float32Array): Uint8Array {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < source.length; i++) {
    const bits = source[i]!;
    // A NaN must stay one: rounding could carry its fraction into an infinity.
    if ((bits & 0x7fffffff) > 0x7f800000) out[i] = (bits >>> 16) | 0x40;
    else out[i] = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }
  return new Uint8Array(out.buffer);
}

function narrowToFloat16(values: Float32Array): Uint8Array {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < source.length; i++) {
    const bits = source[i]!;
    const sign = (bits >>> 16) & 0x8000;
    const magnitude = bits & 0x7fffffff;
    let half: number;
    if (magnitude > 0x7f800000) half = 0x7e00;
    else if (magnitude >= 0x47800000) half = 0x7c00;
    // Below 2^-14 a float16 counts in steps of 2^-24.
    else if (magnitude < 0x38800000) half = roundHalfEven(Math.abs(values[i]!) * 2 ** 24);
    else half = (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
    out[i] = sign | half;
  }
  return new Uint8Array(out.buffer);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
