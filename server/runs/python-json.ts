/** JSON as Python's json writes it: with NaN and Infinity, which JSON does not have. */

/** The value; numbers that are none become null. @throws SyntaxError */
export function parsePythonJson(text: string): unknown {
  // Looked for first: a long run has a hundred thousand lines, and hardly any of them needs it.
  const plain = /NaN|Infinity/.test(text) ? text.replace(/: (NaN|-?Infinity)(?=[,}\s])/g, ": null") : text;
  return JSON.parse(plain);
}
