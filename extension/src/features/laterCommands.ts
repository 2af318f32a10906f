// Commands whose work is done by the bundle of later.ts: they are known at once, and load it when they are first used.
import * as vscode from "vscode";
import type { AidName } from "../aidMessages.js";
import type { Later } from "../main.js";
import type { Services } from "../services/index.js";

type Run = (later: Later, services: Services, first: unknown, second: unknown) => unknown;

const aid =
  (name: AidName): Run =>
  ({ aids }, s, argument) =>
    aids.run(s, name, argument);

/** Commands of the formula language that act on the formula at the cursor. */
const FORMULA =
  "numeric simplify expand factor solve differentiate integrate steps det inverse eigenvalues eigenvectors singularvalues svd qr lu cholesky nullspace rank charpoly".split(
    " ",
  );

const formula =
  (name: string): Run =>
  ({ formulaCommands }, s, action, variable) =>
    formulaCommands.run(s, name, action, variable);

const commands: Readonly<Record<string, Run>> = {
  ...Object.fromEntries(FORMULA.map((name) => [`formula.${name}`, formula(name)])),
  transpose: aid("transpose"),
  alignColumns: aid("align"),
  insertRow: aid("insertRow"),
  insertColumn: aid("insertColumn"),
  round: aid("round"),
  convert: aid("convert"),
  extractDefinition: aid("extract"),
  define: ({ aids }, s, name) => aids.define(s, name),
  pasteSpecial: ({ paste }, s, format) => paste.pasteSpecial(s, format),
  insertFunction: ({ insert }, s, name) => insert.insertFunction(s, name),
  insertMatrix: ({ insert }, s, size) => insert.insertMatrix(s, size),
  "definitions.goTo": ({ definitions }, s, node) => definitions.goTo(s, node),
  findUses: ({ definitions }, s, node) => definitions.findUses(s, node),
  renameDefinition: ({ definitions }, s, node, name) => definitions.rename(s, node, name),
  readValue: ({ readAloud }, s) => readAloud.readValue(s),
  pin: ({ pinned }, s, node) => pinned.pin(s, node),
  unpin: ({ pinned }, s, node) => pinned.unpin(s, node),
  compare: ({ compare }, s, node, other) => compare.compare(s, node, other),
  showDefinitions: () => vscode.commands.executeCommand("scholium.definitions.focus"),
  openWalkthrough: ({ help }, s) => help.openWalkthrough(s),
  reportIssue: ({ help }, s) => help.reportIssue(s),
};

export const register = (services: Services): vscode.Disposable =>
  vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`scholium.${name}`, async (first?: unknown, second?: unknown) =>
        run(await services.later(), services, first, second),
      ),
    ),
  );
