/** Export: models written as folders that stand on their own. */
import { ExportPage } from "@/components/export/export-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("export");

export default function Page() {
  return (
    <PageWords of={["export", "chat", "train.engine"]}>
      <ExportPage />
    </PageWords>
  );
}
