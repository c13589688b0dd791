/** Settings: where things are, which engines work and why not, the GPU library, language and theme. */
import { SettingsPage } from "@/components/settings/settings-page";
import { pageTitle } from "@/components/shell/page-title";

export const generateMetadata = pageTitle("settings");

export default function Page() {
  return <SettingsPage />;
}
