/** One run, live. */
import { RunPage } from "@/components/run/run-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("runs");

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <PageWords of={["run", "failure"]}>
      <RunPage id={decodeURIComponent(id)} />
    </PageWords>
  );
}
