"use client";
/** Files of the same columns: what the columns mean, with the first rows in sight; then they are added, as one dataset or one each. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { missingMeaning, PRESETS } from "@/server/contract/dataset-presets";
import { datasetNameSchema, type Addition, type Incoming } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { Segmented } from "../ui/segmented";
import { TextInput } from "../ui/text-input";
import { addIncoming, additionQuery } from "./dataset-queries";
import { areBetterApart, namesApart, sharedName } from "./file-groups";
import { MappedPreview, MappingForm, type MappingValue } from "./mapping-form";
import { useDone } from "./use-done";

export interface MapAndAddProps {
  /** At least one; added ones are left out by and by. */
  files: readonly Incoming[];
  /** Whether there are other files beside these. */
  isPart: boolean;
  onBack: () => void;
  /** Told after each dataset: its name and the files that are in it. */
  onAdded: (name: string, ids: readonly string[]) => void;
}

type Gathering = "together" | "apart";

export function MapAndAdd({ files, isPart, onBack, onAdded }: MapAndAddProps) {
  const t = useTranslations("datasets.add");
  const file = files[0]!;
  const [value, setValue] = useState<MappingValue>({ ...file.guess, system: "" });
  const [chosen, setChosen] = useState<Gathering | null>(null);
  const gathering = chosen ?? (areBetterApart(files) ? "apart" : "together");
  const [typedName, setTypedName] = useState<string | null>(null);
  const name = typedName ?? sharedName(files);
  // Kept from the beginning on: a name that was taken by an added file is not free again.
  const [firstNames] = useState(() => new Map(namesApart(files).map((each, i) => [files[i]!.id, each])));
  const ownName = ({ id, suggested_name }: Incoming) => firstNames.get(id) ?? suggested_name;
  const [adding, setAdding] = useState<{ ids: string[]; first: Addition } | null>(null);
  const isApart = gathering === "apart" && (files.length > 1 || adding !== null);
  const start = useMutation({
    async mutationFn(ids: string[]) {
      const [id = "", ...also] = ids;
      const own = isApart ? files.find((each) => each.id === id) : undefined;
      const request = { ...value, name: own ? ownName(own) : name.trim(), also };
      return { ids, first: await addIncoming(id, request) };
    },
    onSuccess: setAdding,
    onError: () => setAdding(null),
  });
  const ids = files.map(({ id }) => id);
  const idsOf = (from: readonly string[]) => (isApart ? from.slice(0, 1) : [...from]);

  function begin() {
    // Fewer files later on change nothing of it.
    setChosen(gathering);
    start.mutate(idsOf(ids));
  }

  function added(addedName: string) {
    const done = adding!.ids;
    const left = ids.filter((id) => !done.includes(id));
    if (left.length > 0) start.mutate(idsOf(left));
    onAdded(addedName, done);
  }

  if (adding) {
    return (
      <AddProgress
        key={adding.ids[0]}
        id={adding.ids[0]!}
        first={adding.first}
        onAdded={added}
        onBack={() => setAdding(null)}
      />
    );
  }
  const nameProblem = isApart || datasetNameSchema.safeParse(name).success ? null : t("badName");
  const canAdd = nameProblem === null && missingMeaning(value.preset, value.mapping) === null;
  return (
    <>
      <Facts files={files} isPart={isPart} />
      {files.length > 1 && (
        <GatheringChoice files={files} names={files.map(ownName)} value={gathering} onChange={setChosen} />
      )}
      <MappingForm value={value} onChange={setValue} presets={PRESETS} columns={file.columns} canConvert />
      <MappedPreview value={value} sample={file.sample} fileKind={file.kind} />
      {!isApart && (
        <Field
          label={t("name")}
          problem={nameProblem === null ? null : { severity: "error", message: nameProblem }}
        >
          {(control) => (
            <TextInput {...control} value={name} onChange={(event) => setTypedName(event.target.value)} />
          )}
        </Field>
      )}
      {start.error && <Message kind="bad">{start.error.message}</Message>}
      <div className="row justify-end">
        <Button onClick={onBack}>{t(files.length > 1 || isPart ? "others" : "other")}</Button>
        <Button kind="primary" disabled={!canAdd || start.isPending} onClick={begin}>
          {isApart ? t("addMany", { count: files.length }) : t("add")}
        </Button>
      </div>
    </>
  );
}

function Facts({ files, isPart }: Pick<MapAndAddProps, "files" | "isPart">) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  const { facts, named } = useJoining();
  const file = files[0]!;
  const [problem] = files.flatMap(({ name, problems }) =>
    problems.map(({ row, message }) => ({
      row: row + 1,
      reason: files.length > 1 ? named(name, message) : message,
    })),
  );
  const bytes = format.bytes(files.reduce((sum, each) => sum + each.bytes, 0));
  const columns = facts(file.columns);
  return (
    <>
      <p className="faint small">
        {files.length === 1
          ? t("facts", { kind: file.kind.slice(1), bytes, columns })
          : t("factsMany", { count: files.length, bytes, columns })}
      </p>
      {isPart && <p className="hint">{t("part", { names: facts(files.map(({ name }) => name)) })}</p>}
      {problem && <Message kind="warn">{t("badRow", problem)}</Message>}
    </>
  );
}

interface GatheringChoiceProps {
  files: readonly Incoming[];
  /** One for each, where they are kept apart. */
  names: readonly string[];
  value: Gathering;
  onChange: (value: Gathering) => void;
}

function GatheringChoice({ files, names, value, onChange }: GatheringChoiceProps) {
  const t = useTranslations("datasets.add");
  const { facts } = useJoining();
  return (
    <div className="grid justify-items-start gap-1">
      <Segmented<Gathering>
        aria-label={t("becomes")}
        value={value}
        options={[
          { value: "together", label: t("together") },
          { value: "apart", label: t("apart") },
        ]}
        onChange={onChange}
      />
      <p className="hint wrap-anywhere">
        {value === "together" ? t("togetherSays") : t("apartSays", { names: facts(names) })}
      </p>
      {value === "together" && areBetterApart(files) && <Message kind="warn">{t("heldBack")}</Message>}
    </div>
  );
}

interface AddProgressProps {
  id: string;
  first: Addition;
  onAdded: (name: string) => void;
  onBack: () => void;
}

function AddProgress({ id, first, onAdded, onBack }: AddProgressProps) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  const done = useDone();
  const { data = first } = useQuery(additionQuery(id, true));
  const say = useSay();
  const told = useRef(false);

  useEffect(() => {
    if (data.state !== "done" || told.current) return;
    told.current = true;
    const { name, skipped, first_skipped: reasons } = data;
    done(
      skipped === 0
        ? t("done", { name })
        : t("doneBut", { name, skipped, reason: say(reasons[0]?.message ?? "") }),
      data.undo,
    );
    onAdded(name);
  }, [data, done, onAdded, say, t]);

  if (data.state === "failed") {
    return (
      <div className="grid gap-3">
        <Message kind="bad">{say(data.error ?? "")}</Message>
        <div>
          <Button onClick={onBack}>{t("back")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-3">
      <p>{t("adding", { count: format.count(data.rows_done) })}</p>
      <Progress value={data.share} max={1} label={t("addingLabel")} />
    </div>
  );
}
