/** Curves as a CSV text, and a drawn chart as a PNG picture. Knows no pages. */
import type { RunCurve } from "./run-curve";

const COLUMNS = [
  "run",
  "step",
  "epoch",
  "seconds",
  "tokens",
  "loss",
  "eval_loss",
  "learning_rate",
  "grad_norm",
  "tokens_per_second",
] as const;

/** One line for each logged step of each run, with a header; commas between, as every spreadsheet reads. */
export function curvesCsv(runs: readonly { name: string; curve: RunCurve }[]): string {
  const lines = runs.flatMap(({ name, curve }) =>
    curve.rows.map((row) =>
      [
        name,
        row.step,
        row.epoch,
        row.seconds,
        row.tokens,
        row.loss,
        row.evalLoss,
        row.lr,
        row.gradNorm,
        row.tokensPerSecond,
      ].map(csvCell),
    ),
  );
  return [[...COLUMNS], ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** Text that a spreadsheet would take for a formula gets an apostrophe; commas and quotes are quoted. */
function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a picture must carry along, since the page's style sheets do not reach into it. */
const PROPERTIES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];
const SCALE = 2;

/** A drawn chart as a picture with twice its pixels, on the page's background. @throws Error where the browser cannot draw it */
export async function chartPng(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const style = getComputedStyle(originals[index]!);
    for (const name of PROPERTIES)
      (element as SVGElement).style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas.");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is empty."))), "image/png"),
  );
}
