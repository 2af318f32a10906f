// Pinned values: kept in the workspace until they are unpinned, to be compared later.
import * as vscode from "vscode";
import type { Written } from "../aidMessages.js";
import { shortText } from "../decode.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";
import { type Node, readable } from "./definitions.js";

const KEY = "scholium.pinned";
const MOST = 50;
const LONGEST = 200_000;
/** Pinned values are written in this notation: it keeps every digit and fractions as they are. */
const NOTATION = "matlab";

export interface Pinned extends Written {
  readonly shape: string;
  readonly from: string;
}

export const changed = new vscode.EventEmitter<void>();

export function all({ context }: Services): readonly Pinned[] {
  const kept = context.workspaceState.get<readonly Pinned[]>(KEY, []);
  return Array.isArray(kept) ? kept.filter((p) => typeof p?.text === "string" && typeof p?.title === "string") : [];
}

async function keep(services: Services, pinned: readonly Pinned[]): Promise<void> {
  await services.context.workspaceState.update(KEY, pinned.slice(-MOST));
  changed.fire();
}

/** The value at a place of a document, written out. */
export async function writtenAt(
  services: Services,
  document: vscode.TextDocument,
  range: readonly [number, number],
  title: string,
): Promise<Pinned | undefined> {
  const timeout = services.settings.timeout(document);
  const conventions = { ...services.settings.conventions(document), digits: 17 };
  const answer = await askForCommand(services, "print", { place: placeOf(document, range), conventions, timeout, format: NOTATION }, timeout);
  if (!answer) return undefined;
  if (!answer.ok) {
    void vscode.window.showInformationMessage(problemMessage(answer.problem));
    return undefined;
  }
  if (answer.text.length > LONGEST) {
    void vscode.window.showInformationMessage(services.texts.t("This value is too large to pin."));
    return undefined;
  }
  const name =
    title ||
    (answer.region.named
      ? readable(answer.region.named)
      : document
          .getText()
          .slice(...answer.region.range)
          .replace(/\s+/g, " ")
          .slice(0, 40));
  const rows = answer.text.split(/[;\n]/).length;
  const from = `${document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1)}:${document.positionAt(answer.region.range[0]).line + 1}`;
  return {
    text: answer.text,
    language: NOTATION,
    title: shortText(200)(name.slice(0, 200)),
    shape: answer.text.startsWith("[") ? `${rows} ×` : "",
    from,
  };
}

/** The place of a definition as something to evaluate: its whole statement. */
export async function fromNode(services: Services, node: unknown): Promise<Pinned | undefined> {
  const n = node as Node | undefined;
  if (n?.type === "definition") {
    const document = services.documents.get(n.definition.uri);
    const pinned = document && (await writtenAt(services, document, n.definition.range, readable(n.definition.name)));
    return pinned && { ...pinned, shape: n.definition.shape };
  }
  const target = acceptedTarget(services, node);
  return target && writtenAt(services, target.document, target.ranges[0] as readonly [number, number], "");
}

export async function pin(services: Services, node: unknown): Promise<void> {
  const pinned = await fromNode(services, node);
  if (!pinned) return;
  await keep(services, [...all(services), pinned]);
  vscode.window.setStatusBarMessage(services.texts.t("Pinned {0}", pinned.title), 3000);
}

export const unpin = (services: Services, node: unknown): Promise<void> => {
  const at = (node as { index?: unknown } | undefined)?.index;
  return keep(services, typeof at === "number" ? all(services).filter((_, i) => i !== at) : []);
};

export interface PinnedNode {
  readonly index: number;
  readonly pinned: Pinned;
}

export const nodes = (services: Services): PinnedNode[] => all(services).map((pinned, index) => ({ index, pinned }));

export function item({ pinned }: PinnedNode): vscode.TreeItem {
  const tree = new vscode.TreeItem(pinned.title);
  tree.description = [pinned.text.replace(/\s+/g, " ").slice(0, 48), pinned.from].join("  ");
  tree.tooltip = pinned.text.slice(0, 2000);
  tree.iconPath = new vscode.ThemeIcon("pinned");
  tree.contextValue = "pinned";
  tree.accessibilityInformation = { label: `${pinned.title}, ${pinned.from}` };
  return tree;
}
