/** Which files of a hub's repository are one dataset, as its card says or as Hugging Face's `datasets` reads names. */
import { describe, expect, it } from "vitest";
import { repositorySplits } from "@/server/datasets/repository-splits";

const told = (files: string[], head: unknown = null) =>
  repositorySplits(files, head).map(({ config, split, files: of }) => `${config}/${split}: ${of.join(" ")}`);

describe("splits by the names of files and folders", () => {
  it("are the shards of each split", () => {
    expect(
      told([
        "README.md",
        "data/test-00000-of-00001.parquet",
        "data/train-00001-of-00002.parquet",
        "data/train-00000-of-00002.parquet",
      ]),
    ).toEqual([
      "/train: data/train-00000-of-00002.parquet data/train-00001-of-00002.parquet",
      "/test: data/test-00000-of-00001.parquet",
    ]);
  });

  it("are told apart by folders, by words in a name, and by what else a name says", () => {
    expect(told(["en/train.jsonl", "en/dev.jsonl", "zh/train.jsonl"])).toEqual([
      "en/train: en/train.jsonl",
      "zh/train: zh/train.jsonl",
      "en/validation: en/dev.jsonl",
    ]);
    expect(told(["train/part-000.json", "train/part-001.json", "eval/part-000.json"])).toEqual([
      "/train: train/part-000.json train/part-001.json",
      "/test: eval/part-000.json",
    ]);
    expect(told(["medical_sft.json", "medical_sft_Chinese.json"])).toEqual([
      "medical_sft/train: medical_sft.json",
      "medical_sft_Chinese/train: medical_sft_Chinese.json",
    ]);
  });

  it("leave out what holds no rows", () => {
    expect(told(["dataset_infos.json", "requirements.txt", "LICENSE.txt", "latest.json"])).toEqual([
      "/train: latest.json",
    ]);
  });
});

describe("splits by the card", () => {
  it("follow its configurations, in every form that a card may have", () => {
    const configs = [
      { config_name: "en", data_files: "medical_sft.json" },
      { config_name: "zh", data_files: { train: "zh/*.json", test: ["held/zh.json"] } },
      { config_name: "mix", data_dir: "mix/", data_files: [{ split: "train", path: "**" }] },
      { config_name: "rest" },
    ];
    expect(
      told(["medical_sft.json", "zh/a.json", "zh/b.json", "held/zh.json", "mix/x/a.json", "more_test.json"], {
        configs,
      }),
    ).toEqual([
      "en/train: medical_sft.json",
      "zh/train: zh/a.json zh/b.json",
      "mix/train: mix/x/a.json",
      "zh/test: held/zh.json",
      "rest/test: more_test.json",
    ]);
  });

  it("fall back on names where it says nothing that can be read", () => {
    expect(told(["train.json"], { configs: "all" })).toEqual(["/train: train.json"]);
    expect(told(["train.json"], { license: "mit" })).toEqual(["/train: train.json"]);
    expect(told(["train.json"], { configs: [{ data_files: "gone.json" }] })).toEqual(["/train: train.json"]);
  });
});
