/** The console opens on Train. */
import { redirect } from "next/navigation";

export default function HomePage() {
  redirect("/train");
}
