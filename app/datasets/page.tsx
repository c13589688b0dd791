/** Datasets: what dataset_info.json lists, its rows as conversation, text and tokens, and the ways to add more. */
import { DatasetsPage } from "@/components/datasets/datasets-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("datasets");

export default function Page() {
  return (
    <PageWords of={["datasets"]}>
      <DatasetsPage />
    </PageWords>
  );
}
