// `scholium`: the evaluator for terminals, scripts and other editors.

import { readFileSync } from "node:fs";
import { batch } from "./batch.js";
import { Engine } from "./engine.js";
import { evaluateInputs } from "./eval.js";
import { papers } from "./papers.js";

declare const __VERSION__: string;

const HELP = `scholium: computed margin notes on mathematics

  scholium eval [--json] [--language NAME] [--timeout SECONDS] [FILE or TEXT ...]
      Evaluates every formula of Markdown, LaTeX, code and text files, or a text given as it is, or standard input.
      Prints file:line:column and the value or the error. Ends with 1 when a formula failed. A formula may take 6 s unless it is said how long.
  scholium batch < cases.jsonl
      One JSON case a line, one JSON answer a line, in the same order. Kinds: evaluate, call, papers.
  scholium papers [TEXT]
      The paper IDs in a text and the pages they open.
  scholium routines
      Every routine that can be called, with its parameters.
  scholium lab [ID] [--NAME=VALUE ...] [--train] [--json]
      A lab's figures in words, or as JSON, at these values; without ID the labs there are.
  scholium --version, scholium --help
`;

const standardInput = () => readFileSync(0, "utf8");

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case "eval":
      return evaluateInputs(rest, standardInput, (text) => process.stdout.write(`${text}\n`));
    case "batch": {
      const engine = new Engine();
      await batch(engine, process.stdin, process.stdout);
      await engine.close();
      return 0;
    }
    case "papers":
      console.log(papers(rest.length ? rest.join(" ") : standardInput()));
      return 0;
    case "routines": {
      const { listRoutines } = await import("./routines.js");
      console.log(listRoutines());
      return 0;
    }
    case "lab": {
      const { lab } = await import("./lab.js");
      const { text, ok } = lab(rest);
      if (ok) console.log(text);
      else console.error(text);
      return ok ? 0 : 2;
    }
    case "--version":
    case "-v":
      console.log(__VERSION__);
      return 0;
    case undefined:
    case "help":
    case "--help":
    case "-h":
      console.log(HELP);
      return command === undefined ? 2 : 0;
    default:
      console.error(`scholium: no command named ${JSON.stringify(command)}; try scholium --help`);
      return 2;
  }
}

process.stdout.on("error", (e: NodeJS.ErrnoException) => {
  // A reader that has seen enough (head) is no failure.
  if (e.code === "EPIPE") process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
