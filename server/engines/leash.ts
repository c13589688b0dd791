/**
 * A few lines of Node between the console and a foreign model server. Such a server does not notice that the console has
 * gone, and would keep its gigabytes for ever; this ends it when the channel to the console closes, however that came
 * about, and passes its output and its end on. Runs as `node -e LEASH program …args`.
 */
export const LEASH = `
const { spawn } = require("node:child_process");
const [program, ...args] = process.argv.slice(1);
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true });
const end = () => { child.kill("SIGTERM"); setTimeout(() => child.kill("SIGKILL"), 2000).unref(); };
process.on("disconnect", end);
process.on("SIGTERM", end);
process.on("SIGINT", end);
child.on("error", (error) => { console.error(program + " could not be started: " + error.message); process.exit(127); });
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
`;
