// The worker of the command line: answers one question after the other, and is ended from outside when it takes too long.

import { parentPort } from "node:worker_threads";
import { answerCase } from "./answer.js";
import type { Question, Reply } from "./protocol.js";

parentPort?.on("message", async (question: Question) => {
  const reply: Reply = { number: question.number, answer: await answerCase(question.case) };
  parentPort?.postMessage(JSON.stringify(reply));
});
