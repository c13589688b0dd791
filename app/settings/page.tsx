/** Settings: where things are, which engines work and why not, the GPU library, language and theme. */
import { SettingsPage } from "@/components/settings/settings-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("settings");

export default function Page() {
  return (
    <PageWords of={["settings", "runs.queueSettings", "models"]}>
      <SettingsPage />
    </PageWords>
  );
}
