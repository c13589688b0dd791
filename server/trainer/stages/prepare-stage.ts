/** Which module prepares which stage; each is loaded only when it is trained. */
import type { PreparedStage, StageContext } from "./stage";

/** Data and model of the configuration's stage. @throws AppError naming what is wrong with either */
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
    case "ppo": {
      const { prepareProximalPolicy } = await import("./proximal-policy");
      return await prepareProximalPolicy(context);
    }
  }
}
