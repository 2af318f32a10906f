// Tools that assistants in the editor may call: they compute instead of guessing.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";

const TOOLS = ["evaluate", "check", "paper"] as const;

export function register(services: Services): vscode.Disposable {
  const { t } = services.texts;
  // Editors without language models have no place to register tools.
  if (!vscode.lm?.registerTool) return new vscode.Disposable(() => {});
  const shown = (input: unknown): string => {
    const { input: formula, first, text } = (input ?? {}) as Readonly<Record<string, unknown>>;
    return String(formula ?? first ?? text ?? "")
      .replace(/\s+/g, " ")
      .slice(0, 60);
  };
  return vscode.Disposable.from(
    ...TOOLS.map((tool) =>
      vscode.lm.registerTool(`scholium_${tool}`, {
        prepareInvocation: ({ input }) => ({ invocationMessage: t("Evaluating {0}", shown(input)) }),
        invoke: async ({ input }, token) => (await services.later()).tools.invoke(services, tool, input, token),
      }),
    ),
  );
}
