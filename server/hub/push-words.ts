/** What a hub's refusal of a push means to a person, and what to do. Shows no address that opens a storage. */
import { HubApiError } from "@huggingface/hub";
import { AppError } from "@/server/contract/errors";
import { brokenLineError } from "./hub-words";

/** Which question was asked: the same answer means something else to each. */
export type PushStep = "account" | "look" | "create" | "send";

interface Refused {
  step: PushStep;
  repo: string;
  endpoint: string;
}

const AGAIN = "Push again: what has arrived is not sent twice.";

/** The error for whatever the client library has thrown. */
export function pushRefusal(error: unknown, { step, repo, endpoint }: Refused): AppError {
  if (!(error instanceof HubApiError)) return brokenLineError(error, "huggingface");
  const { statusCode: status } = error;
  const owner = repo.split("/")[0];
  const isStorage = error.url !== "" && !error.url.startsWith(endpoint);
  if (isStorage)
    return new AppError("engine_failed", `Hugging Face's storage answered ${status} for a file. ${AGAIN}`);
  const words = wordsOf(error);
  switch (status) {
    case 401:
      return new AppError(
        "forbidden",
        "Hugging Face does not accept the token that is kept here. Replace it under Settings.",
      );
    case 403:
      return new AppError(
        "forbidden",
        step === "account"
          ? `Hugging Face refuses this token${words}.`
          : `The token that is kept here may not write to ${repo}${words}. It needs the role "write" for ${owner}; of an organization its account must be a member.`,
      );
    case 404:
      return step === "account"
        ? new AppError(
            "unsupported",
            `${endpoint} does not say whose token this is: it is a mirror that only hands out files. Set Hugging Face's own address under Settings to push.`,
          )
        : new AppError("not_found", `Hugging Face has no ${repo} that this token may see any more.`);
    case 405:
      return new AppError(
        "unsupported",
        `${endpoint} takes no files: it is a mirror that only hands them out.`,
      );
    case 409:
    case 412:
      return new AppError(
        "busy",
        step === "create"
          ? `The name ${repo} is taken: somebody has made it meanwhile. Look again at what would be pushed.`
          : `${repo} has changed while the files were on their way. ${AGAIN}`,
      );
    case 429:
      return new AppError("busy", "Hugging Face asks to slow down. Push again in some minutes.");
    default:
      if (status >= 300 && status < 400)
        return new AppError(
          "not_found",
          `${repo} has another name by now. Give the one that its page shows.`,
        );
      return status >= 500
        ? new AppError(
            "engine_failed",
            `Hugging Face answers ${status}, which is trouble on its side. ${AGAIN}`,
          )
        : new AppError("engine_failed", `Hugging Face answered ${status} for ${repo}${words}.`);
  }
}

/** What the hub itself said, as the rest of a sentence; "" where that was nothing for people. */
function wordsOf({ data }: HubApiError): string {
  const said = (data as { error?: unknown } | undefined)?.error;
  return typeof said === "string" && said.trim() !== ""
    ? ` ("${said.trim().replace(/\.$/, "").slice(0, 300)}")`
    : "";
}
