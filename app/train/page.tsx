/** Train: the form of a new run and what will happen when it starts. `?from=<run>` fills it from an earlier run. */
import { pageTitle } from "@/components/shell/page-title";
import { TrainPage } from "@/components/train/train-page";

export const generateMetadata = pageTitle("train");

export default async function Page({ searchParams }: { searchParams: Promise<{ from?: string }> }) {
  const { from } = await searchParams;
  return <TrainPage from={from ?? null} />;
}
