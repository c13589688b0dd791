/** Evaluate: models measured on data, row by row, two beside each other. */
import { EvaluatePage } from "@/components/evaluate/evaluate-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("evaluate");

export default function Page() {
  return (
    <PageWords of={["evaluate", "chat", "train.data", "train.engine"]}>
      <EvaluatePage />
    </PageWords>
  );
}
