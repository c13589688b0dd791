/** Evaluate: models measured on data, row by row, two beside each other. */
import { EvaluatePage } from "@/components/evaluate/evaluate-page";
import { pageTitle } from "@/components/shell/page-title";

export const generateMetadata = pageTitle("evaluate");

export default function Page() {
  return <EvaluatePage />;
}
