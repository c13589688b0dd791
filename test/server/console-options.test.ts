import path from "node:path";
import { describe, expect, it } from "vitest";
import { readOptions } from "@/server/console-options";

const root = path.resolve("/srv/tuneboard");
const of = (args: string[], env: Record<string, string> = {}) => readOptions(args, env, root);

describe("the options of npm start", () => {
  it("have defaults that need no thought", () => {
    expect(of([])).toEqual({ port: 7860, host: "127.0.0.1", home: path.join(root, "workspace"), dev: false });
  });

  it("go before the environment", () => {
    const env = { PORT: "1234", HOST: "localhost", TUNEBOARD_HOME: path.resolve("/data/home") };
    expect(of([], env)).toMatchObject({ port: 1234, host: "localhost", home: env.TUNEBOARD_HOME });
    expect(of(["--port", "0", "--host=::1", "--home", path.resolve("/other")], env)).toMatchObject({
      port: 0,
      host: "::1",
      home: path.resolve("/other"),
    });
  });

  it("take a home folder as seen from where npm was called", () => {
    expect(of(["--home", "mine"], { INIT_CWD: path.resolve("/somewhere") }).home).toBe(
      path.resolve("/somewhere/mine"),
    );
  });

  it.each([
    [["--port", "80a"], /--port 80a is not a port number/],
    [["--port", "70000"], /not a port number/],
    [["--host", "0.0.0.0"], /open the console to other machines.*ssh -L/],
    [["--host", "192.168.1.4"], /open the console to other machines/],
    [["--prot", "1"], /--prot[\s\S]*--home PATH/],
  ])("%j are refused with the way out", (args, reason) => {
    expect(() => of(args)).toThrow(reason);
  });
});
