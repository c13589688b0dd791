/** `npm run build`: everything that `npm start` would set up, without starting. */
import { SetUpError, setUp } from "./setup.mjs";

try {
  await setUp();
  console.log("Everything is built.");
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
