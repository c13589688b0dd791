/** One run, live. */
import { RunPage } from "@/components/run/run-page";
import { pageTitle } from "@/components/shell/page-title";

export const generateMetadata = pageTitle("runs");

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <RunPage id={decodeURIComponent(id)} />;
}
