/** Which module prepares which stage; each is loaded only when it is trained. */
import { EMBEDDED_STAGES } from "../../contract/embedded-arguments";
import { AppError } from "../../contract/errors";
import type { PreparedStage, StageContext } from "./stage";

/**
 * Data and model of the configuration's stage.
 * @throws AppError unsupported for a stage that is not there
 */
export async function prepareStage(context: StageContext): Promise<PreparedStage<unknown>> {
  const { stage } = context.config;
  switch (stage) {
    case "sft":
    case "pt": {
      const { prepareLanguageModelling } = await import("./language-modelling");
      return await prepareLanguageModelling(context);
    }
    case "dpo": {
      const { preparePreference } = await import("./preference");
      return await preparePreference(context);
    }
    case "kto": {
      const { prepareFeedback } = await import("./feedback");
      return await prepareFeedback(context);
    }
    case "rm": {
      const { prepareReward } = await import("./reward");
      return await prepareReward(context);
    }
    case "ppo":
      throw new AppError(
        "unsupported",
        `stage: ${stage} is not available in the embedded trainer. Use ${EMBEDDED_STAGES.join(", ")}, or the llamafactory engine.`,
      );
  }
}
