/**
 * A configuration in the fragment of an address: it travels in the link itself, and a browser never sends that part to a
 * server. Secrets are left out. Pure.
 */
import { withoutSecrets } from "@/server/contract/secret-arguments";
import { type Config, configToForm, formToConfig } from "./form-config";
import type { TrainForm } from "./form-defaults";

const KEY = "config=";
/** What a person could have filled in is far below this; longer ones are no links of ours. */
const LONGEST = 200_000;

interface SharedConfig {
  engine?: string;
  config: Config;
}

/** The fragment, with its "#", that fills another form like this one. */
export function fragmentOf(form: TrainForm): string {
  const shared: SharedConfig = {
    ...(form.engine !== "auto" && { engine: form.engine }),
    config: withoutSecrets(formToConfig(form)),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `#${KEY}${base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The form that a fragment holds; null where it holds none, or a damaged one. */
export function formOfFragment(fragment: string): TrainForm | null {
  if (!fragment.startsWith(`#${KEY}`) || fragment.length > LONGEST) return null;
  try {
    const base64 = fragment
      .slice(KEY.length + 1)
      .replaceAll("-", "+")
      .replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const shared = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SharedConfig> | null;
    if (typeof shared?.config !== "object" || shared.config === null) return null;
    const form = configToForm(shared.config);
    return typeof shared.engine === "string" ? { ...form, engine: shared.engine } : form;
  } catch {
    return null;
  }
}
