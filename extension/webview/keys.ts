// What the keys do while the picture has the focus.
import type { Stage } from "./stage.js";
import { TABS, type TabList } from "./tabs.js";

export interface KeyActions {
  readonly pin: () => void;
  readonly toggleKeys: () => void;
  readonly focusExport: () => void;
}

/** Pixels of a step of the picture. */
const STEP = 40;

export function keysOf(stage: Stage, tabs: TabList, { pin, toggleKeys, focusExport }: KeyActions): (e: KeyboardEvent) => void {
  const { map } = stage;
  const plain: Readonly<Record<string, () => void>> = {
    "+": () => map.zoomBy(1.25),
    "=": () => map.zoomBy(1.25),
    "-": () => map.zoomBy(0.8),
    "0": () => map.fit(),
    d: () => stage.setScale("diverging"),
    s: () => stage.setScale("sequential"),
    l: () => stage.setScale("log"),
    f: pin,
    r: () => stage.toggleProfile("row"),
    c: () => stage.toggleProfile("column"),
    "[": () => stage.setRank(stage.rank - 1),
    "]": () => stage.setRank(stage.rank + 1),
    e: focusExport,
    t: () => stage.toggleTable(),
    "?": toggleKeys,
    ...Object.fromEntries(TABS.map((name, k) => [String(k + 1), () => tabs.open(name)])),
  };

  /** Moves of the cell cursor, or of the picture under it. */
  function move(e: KeyboardEvent): (() => void) | undefined {
    if (e.target !== map.canvas) return undefined;
    const { row, column } = map.cursor;
    const step = e.shiftKey ? 10 : 1;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key] ?? [0, 0];
    if (dx || dy) return e.altKey ? () => map.pan(-dx * STEP, -dy * STEP) : () => map.moveCursor(row + dy * step, column + dx * step);
    // Beyond the last one is the last one.
    if (e.key === "Home") return () => map.moveCursor(e.ctrlKey ? 0 : row, 0);
    if (e.key === "End") return () => map.moveCursor(e.ctrlKey ? Number.MAX_SAFE_INTEGER : row, Number.MAX_SAFE_INTEGER);
    return undefined;
  }

  return (e) => {
    const act = move(e) ?? (e.ctrlKey || e.metaKey || e.altKey ? undefined : plain[e.key]);
    if (!act) return;
    e.preventDefault();
    act();
  };
}
