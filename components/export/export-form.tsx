"use client";
/** What to export, under which name, in which form. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { EngineWish } from "@/server/contract/api";
import type { ChatTarget } from "@/server/contract/chat";
import { plainName } from "@/server/contract/plain-name";
import { callApi, type Created } from "../api/client";
import { chatTargetsQuery } from "../api/queries";
import { TargetField } from "../chat/target-field";
import { useSay } from "../i18n/use-say";
import { EngineField } from "../train/engine-field";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { atFirstTouch } from "../ui/first-touch";
import { lateModule } from "../ui/late-module";
import { Message } from "../ui/message";
import { Select } from "../ui/select";
import { TextInput } from "../ui/text-input";
import { EXPORTS_KEY } from "./export-queries";
import { PushButton } from "./push-button";

/** What checks the form weighs as much as the page around it; an empty form needs it only once it is touched. */
const checks = lateModule(() => import("@/server/contract/model-export"));

const DTYPES = ["auto", "float32", "float16", "bfloat16"] as const;
const GGUF = ["none", "q8_0", "f16"] as const;
const DEVICES = ["cpu", "auto"] as const;
const BITS = ["none", "8", "4", "3", "2"] as const;

export function ExportForm({ target: asked }: { target: string }) {
  const t = useTranslations("export");
  const say = useSay();
  const queries = useQueryClient();
  const { data: targets } = useQuery(chatTargetsQuery);
  const [target, setTarget] = useState(asked);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [size, setSize] = useState("5");
  const [dtype, setDtype] = useState<(typeof DTYPES)[number]>("auto");
  const [gguf, setGguf] = useState<(typeof GGUF)[number]>("none");
  const [selfTest, setSelfTest] = useState(true);
  const [wish, setWish] = useState<EngineWish>("auto");
  const [device, setDevice] = useState<(typeof DEVICES)[number]>("cpu");
  const [bits, setBits] = useState<(typeof BITS)[number]>("none");
  const [calibration, setCalibration] = useState("data/c4_demo.jsonl");
  const [legacy, setLegacy] = useState(false);
  const chosen = targets?.items.find(({ id }) => id === target);
  const name = typedName ?? (chosen ? suggestedName(chosen) : "");
  const automatic = chosen?.engine ?? null;
  const isForeign = (wish === "auto" ? automatic : wish) === "llamafactory";

  useEffect(() => (asked === "" ? atFirstTouch(checks.begin) : checks.begin()), [asked]);
  const parsed = checks.useLoaded()?.createExportSchema.safeParse({
    target,
    name,
    engine: wish,
    export_size: Number(size),
    infer_dtype: dtype,
    self_test: selfTest,
    ...(isForeign
      ? {
          export_device: device,
          export_legacy_format: legacy,
          export_quantization_bit: bits === "none" ? null : Number(bits),
          export_quantization_dataset: calibration,
        }
      : { export_gguf: gguf === "none" ? null : gguf }),
  });
  const problemAt = (field: string) => {
    const issue = parsed?.error?.issues.find(({ path }) => path[0] === field);
    return issue && chosen ? ({ severity: "error", message: say(issue.message) } as const) : null;
  };
  const start = useMutation({
    mutationFn: () => callApi<Created>("/api/exports", { method: "POST", body: parsed?.data }),
    onSuccess: () => {
      setTypedName(null);
      void queries.invalidateQueries({ queryKey: EXPORTS_KEY });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (parsed?.success) start.mutate();
  }

  return (
    <form onSubmit={submit} className="grid gap-4 border-t border-line py-5" aria-label={t("new")}>
      <div className="grid2">
        <Field label={t("model")} explanation={t("modelExplain")} className="span2">
          {(ids) => <TargetField {...ids} value={target} targets={targets?.items ?? []} onPick={setTarget} />}
        </Field>
        <Field
          label={t("name")}
          explanation={t("nameExplain")}
          problem={problemAt("name")}
          hint={name && `models/${name}`}
          className="span2"
        >
          {(ids) => (
            <TextInput {...ids} value={name} onChange={(event) => setTypedName(event.target.value)} />
          )}
        </Field>
        <Field label={t("size")} explanation={t("sizeExplain")} problem={problemAt("export_size")}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              unit="GB"
              value={size}
              onChange={(event) => setSize(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("dtype")} explanation={t("dtypeExplain")}>
          {(ids) => (
            <Select
              {...ids}
              value={dtype}
              onChange={(value) => setDtype(value as typeof dtype)}
              options={DTYPES.map((value) => ({ value, label: value === "auto" ? t("asStored") : value }))}
            />
          )}
        </Field>
        <EngineField value={wish} onChange={setWish} automatic={automatic} explanation={t("engineExplain")} />
        {!isForeign && (
          <Field label="GGUF" explanation={t("ggufExplain")}>
            {(ids) => (
              <Select
                {...ids}
                value={gguf}
                onChange={(value) => setGguf(value as typeof gguf)}
                options={GGUF.map((value) => ({ value, label: value === "none" ? t("noGguf") : value }))}
              />
            )}
          </Field>
        )}
        {isForeign && (
          <>
            <Field label={t("device")} explanation={t("deviceExplain")}>
              {(ids) => (
                <Select
                  {...ids}
                  value={device}
                  onChange={(value) => setDevice(value as typeof device)}
                  options={DEVICES.map((value) => ({ value, label: value }))}
                />
              )}
            </Field>
            <Field label={t("bits")} explanation={t("bitsExplain")}>
              {(ids) => (
                <Select
                  {...ids}
                  value={bits}
                  onChange={(value) => setBits(value as typeof bits)}
                  options={BITS.map((value) => ({ value, label: value === "none" ? t("noBits") : value }))}
                />
              )}
            </Field>
            {bits !== "none" && (
              <Field label={t("calibration")} explanation={t("calibrationExplain")}>
                {(ids) => (
                  <TextInput
                    {...ids}
                    value={calibration}
                    onChange={(event) => setCalibration(event.target.value)}
                  />
                )}
              </Field>
            )}
            <div className="span2">
              <Checkbox checked={legacy} onChange={setLegacy}>
                {t("legacy")}
              </Checkbox>
              <p className="hint">{t("legacyHint")}</p>
            </div>
          </>
        )}
        <div className="span2">
          <Checkbox checked={selfTest} onChange={setSelfTest}>
            {t("selfTest")}
          </Checkbox>
        </div>
      </div>
      {start.error && <Message kind="bad">{start.error.message}</Message>}
      <div className="row">
        <Button type="submit" kind="primary" icon="export" disabled={!parsed?.success || start.isPending}>
          {t("start")}
        </Button>
        {chosen && chosen.kind !== "base" && (
          <PushButton source={chosen.id} name={trainedName(chosen)}>
            {t("push.openRun")}
          </PushButton>
        )}
        {target === "" && <span className="hint">{t("needs")}</span>}
      </div>
    </form>
  );
}

/** The target's own name. */
function trainedName({ label }: ChatTarget): string {
  return plainName(label, 80);
}

function suggestedName(target: ChatTarget): string {
  return `${trainedName(target)}-export`;
}
