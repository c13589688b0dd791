/**
 * Servers elsewhere that speak OpenAI's API, as chat targets: "url:<name>". The console asks them; their keys never come
 * back to the browser.
 *
 *   GET    /api/chat/endpoints          { items: Endpoint[] }
 *   POST   /api/chat/endpoints/models   EndpointAddress → { items: string[] }   names of the models that it has
 *   PUT    /api/chat/endpoints/:name    SaveEndpoint → Endpoint
 *   DELETE /api/chat/endpoints/:name    { removed: name }
 */
import { z } from "zod";

export const endpointNameSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._:/-]{0,78}[\p{L}\p{N}_-])?$/u,
    "Begin with a letter or digit; then letters, digits, spaces and . _ - : /, at most 80.",
  );

/** http or https, with no user, query or fragment; a slash at its end is left out. */
export const baseUrlSchema = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    try {
      const { protocol, username, password, search, hash } = new URL(text);
      return /^https?:$/.test(protocol) && username + password + search + hash === "";
    } catch {
      return false;
    }
  }, "Type an address like http://127.0.0.1:8000/v1, without user, question mark or #.")
  .transform((text) => text.replace(/\/+$/, ""));

export const endpointAddressSchema = z.object({
  base_url: baseUrlSchema,
  /** Sent as a bearer token. Missing: the one that is kept for `name`, if any. */
  api_key: z.string().trim().max(500).optional(),
  name: endpointNameSchema.optional(),
});
export type EndpointAddress = z.input<typeof endpointAddressSchema>;

export const saveEndpointSchema = z.object({
  base_url: baseUrlSchema,
  model: z.string().trim().min(1, "Name the model to ask for.").max(200),
  /** Missing: the one that is kept stays, as long as the address does; "" forgets it. */
  api_key: z.string().trim().max(500).optional(),
});
export type SaveEndpoint = z.input<typeof saveEndpointSchema>;

export const endpointSchema = z.object({
  name: z.string(),
  base_url: z.string(),
  model: z.string(),
  has_key: z.boolean(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** The target id of an endpoint. */
export function endpointTarget(name: string): string {
  return `url:${name}`;
}
