/** All runs: the queue, the list, and a comparison of those selected. */
import { RunsPage } from "@/components/runs/runs-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("runs");

export default function Page() {
  return (
    <PageWords of={["runs", "run", "failure"]}>
      <RunsPage />
    </PageWords>
  );
}
