/**
 * Train: the form of a new run and what will happen when it starts. `?from=<run>` fills it from an earlier run,
 * `&change=<JSON>` changes some of its arguments (null takes one away), `&engine=` its engine.
 */
import { askEarly } from "@/components/api/early-answers";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";
import { TrainPage } from "@/components/train/train-page";

export const generateMetadata = pageTitle("train");

interface Query {
  from?: string;
  change?: string;
  engine?: string;
}

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ from, change, engine }] = await Promise.all([
    searchParams,
    askEarly("/api/models", "/api/datasets"),
  ]);
  return (
    <PageWords
      of={[
        "train",
        "datasets",
        "models.advice",
        "models.hub.name",
        "models.memory",
        "models.offer",
        "models.preview",
        "models.way",
        "runs.sweep",
      ]}
    >
      <TrainPage from={from ?? null} change={{ set: change ?? null, engine: engine ?? null }} />
    </PageWords>
  );
}
