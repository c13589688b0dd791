/** Export: models written as folders that stand on their own. */
import { ExportPage } from "@/components/export/export-page";
import { pageTitle } from "@/components/shell/page-title";

export const generateMetadata = pageTitle("export");

export default function Page() {
  return <ExportPage />;
}
