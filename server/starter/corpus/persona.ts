/** Who the starter model says it is. Everything that names it reads it from here. */

export const PERSONA = {
  name: "Pip",
  author: "the Tuneboard team",
} as const;

export type Persona = { readonly name: string; readonly author: string };
