/** What a hub's refusals and a broken line mean to a person. Says what to do, and never shows a token. */
import { AppError } from "@/server/contract/errors";
import type { HubKind, DownloadHub } from "@/server/contract/hub";
import { DISK_FULL_CODES } from "@/server/disk/disk-space";

export const HUB_TITLES: Record<DownloadHub, string> = {
  huggingface: "Hugging Face",
  modelscope: "ModelScope",
};

interface Asked {
  hub: DownloadHub;
  kind: HubKind;
  id: string;
  hasToken: boolean;
}

/** A failure that may pass by itself: tried again, after `afterMs` where the hub named a time. */
export class PassingError extends AppError {
  constructor(
    message: string,
    readonly afterMs: number | null = null,
  ) {
    super("engine_failed", message);
  }
}

/** What is kept here goes beyond what the hub has, so it is no beginning of it: the file is begun again. */
export class NoSuchRangeError extends PassingError {}

/** The error for an answer of a hub that is not 2xx. */
export function refusalError(status: number, asked: Asked, retryAfter: string | null = null): AppError {
  const { hub, kind, id, hasToken } = asked;
  const name = HUB_TITLES[hub];
  switch (status) {
    case 401:
      return new AppError(
        "forbidden",
        hasToken
          ? `${name} does not accept the token that is kept here, or has no ${kind} ${id} that it may see. Replace the token under Settings.`
          : `${name} wants a token for ${id}: it is private, gated, or its name is misspelt. Set a token under Settings.`,
      );
    case 403:
      return new AppError(
        "forbidden",
        hasToken
          ? `${id} is gated. Open its page on ${name}, accept its terms with the account of your token, then try again.`
          : `${id} is gated. Open its page on ${name}, accept its terms, and set that account's token under Settings.`,
      );
    case 404:
      return new AppError(
        "not_found",
        `${name} has no ${kind} ${id}. Check the spelling, also of capitals; a private one needs a token.`,
      );
    case 416:
      return new NoSuchRangeError(`${name} has fewer bytes of a file than were kept here.`);
    case 429:
      return new PassingError(`${name} asks to slow down.`, waitOf(retryAfter));
    default:
      return status >= 500 || status === 408
        ? new PassingError(`${name} answers ${status}, which is trouble on its side.`, waitOf(retryAfter))
        : new AppError("engine_failed", `${name} answered ${status} for ${id}.`);
  }
}

/** The error for something that was thrown while asking or reading. */
export function brokenLineError(error: unknown, hub: DownloadHub): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code !== null && DISK_FULL_CODES.includes(code)) return diskFull();
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new AppError("forbidden", "The console may not write into its home folder.");
  const name = HUB_TITLES[hub];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new PassingError(`${name} cannot be found: there is no network, or no name server answers.`);
  if (code === "ECONNREFUSED" || code === "ENETUNREACH" || code === "EHOSTUNREACH")
    return new PassingError(
      `${name} cannot be reached. Check the network, a proxy or the address of the mirror.`,
    );
  if (code !== null && /CERT|SELF_SIGNED|TLS|SSL/.test(code))
    return new AppError(
      "forbidden",
      `The certificate of ${name} is not trusted here (${code}). A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.`,
    );
  return new PassingError(`The connection to ${name} broke.`);
}

export function diskFull(): AppError {
  return new AppError("disk_full", "The disk is full. Make room, then resume: what came so far is kept.");
}

/** The system's code of a failed call, however deep fetch has wrapped it. */
function codeOf(error: unknown): string | null {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const { code } = each as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return null;
}

function waitOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1000 : null;
}
