"use client";
/** What it takes to train a model here or on other cards: one way in its parts, and all ways side by side. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EMBEDDED_METHODS } from "@/server/contract/embedded-arguments";
import { forecastMemory, type MemoryForecast } from "@/server/contract/memory-forecast";
import type { ModelShape } from "@/server/contract/model-shape";
import { FINETUNING_TYPES, trainConfigSchema } from "@/server/contract/train-config";
import { type WayId, waysOf, withWay } from "@/server/contract/training-ways";
import { machineQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { TextInput } from "../ui/text-input";
import { FitMark } from "./fit-mark";
import { MemoryPartList, MemoryPartsBar } from "./memory-bar";
import { CARD_PLACES, HERE, placeOf } from "./memory-places";

const BATCH = "2";
const LENGTH = "1024";

interface Way {
  id: WayId;
  memory: MemoryForecast;
}

export function ModelMemory({ shape, name }: { shape: ModelShape; name: string }) {
  const t = useTranslations("models.memory");
  const [batch, setBatch] = useState(BATCH);
  const [length, setLength] = useState(LENGTH);
  const [place, setPlace] = useState(HERE);
  const [picked, setPicked] = useState<WayId>("lora");
  const { data: machine } = useQuery(machineQuery);
  const used = place === HERE ? (machine?.memory_used_bytes ?? 0) : 0;
  const free = machine ? machine.memory_total_bytes - machine.memory_used_bytes : null;
  const ways = waysFor(shape, { batch, length, place, free });
  const chosen = ways?.find(({ id }) => id === picked) ?? ways?.[0];
  return (
    <section aria-label={t("title", { name })}>
      <h2>{t("title", { name })}</h2>
      <div className="my-3 grid grid-cols-2 gap-3">
        <Field label={t("batch")}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={batch}
              onChange={(e) => setBatch(e.target.value)}
            />
          )}
        </Field>
        <Field label={t("length")}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={length}
              onChange={(e) => setLength(e.target.value)}
            />
          )}
        </Field>
        <Field label={t("place")} className="col-span-2">
          {(ids) => (
            <Select
              {...ids}
              value={place}
              options={[
                { value: HERE, label: t("here") },
                ...CARD_PLACES.map(({ id, devices, gib }) => ({
                  value: id,
                  label: t("cards", { count: devices, size: gib }),
                })),
              ]}
              onChange={setPlace}
            />
          )}
        </Field>
      </div>
      {!chosen || !ways ? (
        <p className="muted">{t("fill")}</p>
      ) : (
        <>
          <ChosenWay way={chosen} used={used} />
          <h2 className="mt-5">{t("ways")}</h2>
          <WayTable ways={ways} picked={chosen.id} used={used} onPick={setPicked} />
        </>
      )}
    </section>
  );
}

/** Every way with its memory; null while a field is no number. `free`: bytes, of this computer. */
export function waysFor(
  shape: ModelShape,
  { batch, length, place: id, free }: { batch: string; length: string; place: string; free: number | null },
): Way[] | null {
  const place = placeOf(id, free);
  const parsed = trainConfigSchema.safeParse({
    model_name_or_path: "model",
    per_device_train_batch_size: batch,
    cutoff_len: length,
    bf16: place.device === "gpu",
  });
  if (!parsed.success || batch.trim() === "" || length.trim() === "") return null;
  const config = parsed.data;
  const methods = place.engine === "embedded" ? EMBEDDED_METHODS : FINETUNING_TYPES;
  return waysOf(config, { ...place, methods }).map((way) => ({
    id: way.id,
    memory: forecastMemory(withWay(config, way), shape, { tokensPerRow: config.cutoff_len, place }),
  }));
}

function ChosenWay({ way: { id, memory }, used }: { way: Way; used: number }) {
  const t = useTranslations("models.memory");
  const tWay = useTranslations("models.way");
  const format = useFormat();
  const capacity = memory.capacity_bytes ?? memory.device_bytes;
  const whole = Math.max(capacity, memory.device_bytes) + used;
  const spare = capacity - memory.device_bytes;
  return (
    <>
      <div className="row between row--base row--wrap gap-x-4">
        <span className="big">
          {memory.devices > 1
            ? t("each", { size: format.bytes(memory.device_bytes) })
            : format.bytes(memory.device_bytes)}
        </span>
        <span className="muted">
          {tWay(`${id}.name`)};{" "}
          {memory.capacity_bytes === null
            ? ""
            : spare >= 0
              ? t("spare", { size: format.bytes(spare) })
              : t("short", { size: format.bytes(-spare) })}
        </span>
      </div>
      <MemoryPartsBar forecast={memory} whole={whole} used={used} className="mt-3 mb-1 h-6!" />
      <div className="row between faint text-sm">
        <span>0</span>
        <span>{format.bytes(whole)}</span>
      </div>
      <MemoryPartList forecast={memory} used={used > 0 ? used : undefined} />
      {memory.rule_of_thumb_bytes !== null && (
        <p className="hint mt-2">{t("thumb", { size: format.bytes(memory.rule_of_thumb_bytes) })}</p>
      )}
    </>
  );
}

interface WayTableProps {
  ways: readonly Way[];
  picked: WayId;
  used: number;
  onPick: (id: WayId) => void;
}

function WayTable({ ways, picked, used, onPick }: WayTableProps) {
  const t = useTranslations("models.memory");
  const tWay = useTranslations("models.way");
  const format = useFormat();
  const whole = Math.max(
    ...ways.map(({ memory }) => Math.max(memory.device_bytes, memory.capacity_bytes ?? 0) + used),
  );
  return (
    <table className="text-md">
      <caption className="vh">{t("ways")}</caption>
      <tbody>
        {ways.map(({ id, memory }) => (
          <tr key={id} className={id === picked ? "sel" : undefined}>
            <td>
              <button
                type="button"
                className="btn btn--link text-left"
                aria-pressed={id === picked}
                onClick={() => onPick(id)}
              >
                {tWay(`${id}.short`)}
              </button>
            </td>
            <td className="w-2/5">
              <MemoryPartsBar forecast={memory} whole={whole} used={used} />
            </td>
            <td className="n strong">{format.bytes(memory.device_bytes)}</td>
            <td>
              <FitMark fits={memory.fits} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
