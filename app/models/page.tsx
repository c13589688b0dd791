/** Models: what is on this machine, what is on its way, what it takes to train each. */
import { ModelsPage } from "@/components/models/models-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("models");

export default function Page() {
  return (
    <PageWords of={["models"]}>
      <ModelsPage />
    </PageWords>
  );
}
