/**
 * Builds one ONNX graph: nodes are appended by operator name and input names, and get output names in return; equal
 * small constants are stored once. It knows ONNX's wire format, not what the graph computes.
 */
import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

/** ONNX's TensorProto.DataType of the element types that graphs here use. */
export const ELEMENT_TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof ELEMENT_TYPE;

/** Domain of onnxruntime's own operators. */
export const MICROSOFT = "com.microsoft";

/** The newest operator set and IR that onnxruntime 1.30 runs and that this file was written against. */
const OPSET = 21;
const IR_VERSION = 10;

/** Constants of at most this many elements are compared with those already there. */
const INTERNED_ELEMENTS = 8;

export type AttributeValue = number | string | readonly number[] | { readonly float: number };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly domain?: string;
}

/** A length, or the name of one that is only known when the graph runs. */
export type Dimension = number | string;

interface ValueInfo {
  readonly name: string;
  readonly shape: readonly Dimension[];
  readonly type: ElementType;
}

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly options: NodeOptions;
}

/** Where a weight's bytes lie in a file beside the graph. */
export interface WeightLocation {
  /** Relative to the folder that the session is told. */
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

interface Initializer extends ValueInfo {
  readonly shape: readonly number[];
  readonly content: Uint8Array | WeightLocation;
}

export class GraphBuilder {
  private nodes: Node[] = [];
  private initializers: Initializer[] = [];
  private readonly inputs: ValueInfo[] = [];
  private readonly outputs: ValueInfo[] = [];
  private readonly interned = new Map<string, string>();
  private nextName = 0;
  /** Values that became outputs: generated name -> output's name. */
  private readonly renamed = new Map<string, string>();

  /** Appends a node with one output and returns that output's name. */
  node(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.nodeWithOutputs(operator, inputs, { ...options, count: 1 })[0]!;
  }

  /** Appends a node with `count` outputs and returns their names. */
  nodeWithOutputs(
    operator: string,
    inputs: readonly string[],
    { count, ...options }: NodeOptions & { count: number },
  ): string[] {
    const outputs = Array.from({ length: count }, () => this.freshName());
    this.nodes.push({ operator, inputs, outputs, options });
    return outputs;
  }

  constant(values: ArrayLike<number>, shape: readonly number[], type: ElementType): string {
    const key =
      values.length <= INTERNED_ELEMENTS ? `${type}|${shape.join()}|${Array.from(values).join()}` : null;
    const known = key === null ? undefined : this.interned.get(key);
    if (known !== undefined) return known;
    const name = this.freshName();
    this.initializers.push({ name, shape, type, content: toBytes(values, type) });
    if (key !== null) this.interned.set(key, name);
    return name;
  }

  /** A one-dimensional int64 constant, the form in which ONNX takes axes, shapes and sizes. */
  integers(values: readonly number[]): string {
    return this.constant(values, [values.length], "int64");
  }

  /** A weight that stays in its file, because a graph's own bytes are limited to 2 GB and would be held twice. */
  weight(
    name: string,
    location: WeightLocation,
    { shape, type }: { shape: readonly number[]; type: ElementType },
  ): string {
    this.initializers.push({ name, shape, type, content: location });
    return name;
  }

  input(name: string, shape: readonly Dimension[], type: ElementType): string {
    // A generated name that equals an input's would silently shadow it.
    if (name.startsWith("_")) throw new Error(`graph input ${name}: names that start with _ are reserved`);
    this.inputs.push({ name, shape, type });
    return name;
  }

  /** Makes `value` an output called `name`. */
  output(
    name: string,
    value: string,
    { shape, type }: { shape: readonly number[]; type: ElementType },
  ): void {
    this.outputs.push({ name, shape, type });
    const known = this.renamed.get(value) ?? value;
    const computed = this.nodes.some((node) => node.outputs.includes(known));
    if (computed && known === value) this.rename(value, name);
    // An input, a constant, or what is an output already can only be copied.
    else this.nodes.push({ operator: "Identity", inputs: [known], outputs: [name], options: {} });
  }

  private rename(value: string, name: string): void {
    this.renamed.set(value, name);
    const renamed = (names: readonly string[]) => names.map((one) => (one === value ? name : one));
    this.nodes = this.nodes.map((node) =>
      node.inputs.includes(value) || node.outputs.includes(value)
        ? { ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) }
        : node,
    );
  }

  /** Makes a node's value an output under its own name, so that no copy stands between the node and the result. */
  expose(value: string, { shape, type }: { shape: readonly Dimension[]; type: ElementType }): void {
    this.outputs.push({ name: value, shape, type });
  }

  /**
   * Drops nodes, constants and inputs that no output depends on. Autodiff by recomputation leaves many: the block's
   * own output, gradients nobody asked for.
   */
  prune(): void {
    const used = new Set(this.outputs.map((output) => output.name));
    const kept: Node[] = [];
    for (const node of this.nodes.toReversed()) {
      if (!node.outputs.some((name) => used.has(name))) continue;
      for (const name of node.inputs) used.add(name);
      kept.push(node);
    }
    this.nodes = kept.reverse();
    this.initializers = this.initializers.filter(({ name }) => used.has(name));
    const inputs = this.inputs.splice(0);
    this.inputs.push(...inputs.filter(({ name }) => used.has(name)));
  }

  get inputNames(): string[] {
    return this.inputs.map((input) => input.name);
  }

  get nodeCount(): number {
    return this.nodes.length;
  }

  /** The graph as the bytes of a .onnx file. */
  encode(): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      opsetImport: [
        { domain: "", version: OPSET },
        { domain: MICROSOFT, version: 1 },
      ],
      graph: {
        name: "graph",
        node: this.nodes.map(encodeNode),
        input: this.inputs.map(encodeValueInfo),
        output: this.outputs.map(encodeValueInfo),
        initializer: this.initializers.map(encodeInitializer),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }

  private freshName(): string {
    return `_${this.nextName++}`;
  }
}

function toBytes(values: ArrayLike<number>, type: ElementType): Uint8Array {
  const typed = toTyped(values, type);
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
}

function toTyped(values: ArrayLike<number>, type: ElementType) {
  switch (type) {
    case "float32":
      return Float32Array.from(values);
    case "int32":
      return Int32Array.from(values);
    case "int64":
      return BigInt64Array.from(Array.from(values), BigInt);
    case "int8":
      return Int8Array.from(values);
    case "uint8":
    case "bool":
      return Uint8Array.from(values);
  }
}

function encodeNode({ operator, inputs, outputs, options }: Node) {
  return {
    name: outputs[0],
    opType: operator,
    domain: options.domain ?? "",
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(options.attributes ?? {}).map(([name, value]) => encodeAttribute(name, value)),
  };
}

function encodeInitializer({ name, shape, type, content }: Initializer) {
  const tensor = { name, dims: [...shape], dataType: ELEMENT_TYPE[type] };
  if (content instanceof Uint8Array) return { ...tensor, rawData: content };
  const externalData = [
    { key: "location", value: content.file },
    { key: "offset", value: String(content.offset) },
    { key: "length", value: String(content.bytes) },
  ];
  return { ...tensor, dataLocation: onnx.TensorProto.DataLocation.EXTERNAL, externalData };
}

function encodeAttribute(name: string, value: AttributeValue) {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if (typeof value === "string")
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function encodeValueInfo({ name, shape, type }: ValueInfo) {
  return {
    name,
    type: { tensorType: { elemType: ELEMENT_TYPE[type], shape: { dim: shape.map(encodeDimension) } } },
  };
}

function encodeDimension(dimension: Dimension) {
  return typeof dimension === "number" ? { dimValue: dimension } : { dimParam: dimension };
}
