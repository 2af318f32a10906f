// The worker of the command line: answers one question after the other, and is ended from outside when it takes too long.

import { parentPort } from "node:worker_threads";
import { outgrown, useThreads } from "../kernels/index.js";
import { answerCase } from "./answer.js";
import type { Question, Reply } from "./protocol.js";
import { nodeThreads } from "./threads.js";

useThreads(nodeThreads(new URL("./helper.mjs", import.meta.url)));

parentPort?.on("message", async (question: Question) => {
  const answer = await answerCase(question.case, question.limit);
  const reply: Reply = { number: question.number, answer, outgrown: outgrown() };
  parentPort?.postMessage(JSON.stringify(reply));
});
