// A display of its own (Xvfb), real mouse and keys (xdotool), and its pixels read from the frame buffer file, so that no screenshot tool is needed.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { png } from "../../browser-ext/src/icon.mjs";

const execute = promisify(execFile);

export async function startScreen({ width = 1280, height = 900 } = {}) {
  const dir = mkdtempSync(join(tmpdir(), "scholium-screen-"));
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset", "-fbdir", dir], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await new Promise((resolve, reject) => {
    server.stdio[3].once("data", (data) => resolve(`:${String(data).trim()}`));
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  const { WAYLAND_DISPLAY: _, ...inherited } = process.env;
  const env = { ...inherited, DISPLAY: display };
  const xdo = async (...args) => (await execute("xdotool", args.map(String), { env, timeout: 20_000 })).stdout.trim();
  const pixels = () => frame(join(dir, "Xvfb_screen0"));
  return {
    env,
    width,
    height,
    pixels,
    xdo,
    move: (x, y) => xdo("mousemove", Math.round(x), Math.round(y)),
    click: (x, y, button = 1) => xdo("mousemove", Math.round(x), Math.round(y), "sleep", 0.05, "click", button),
    key: (...keys) => xdo("key", "--delay", 30, ...keys),
    type: (text) => xdo("type", "--delay", 20, text),
    /** Presses at one point, moves over the middle, lets go at another. */
    async drag(from, to) {
      await xdo("mousemove", Math.round(from.x), Math.round(from.y), "mousedown", 1);
      await xdo("mousemove", Math.round((from.x + to.x) / 2), Math.round(to.y), "mousemove", Math.round(to.x), Math.round(to.y), "sleep", 0.05);
      await xdo("mouseup", 1);
    },
    save: (file) => writeFileSync(file, shot(pixels())),
    /** Waits until two frames in a row are equal: what was opening has been drawn. */
    async still(pause = 100, limit = 4000) {
      let last = Buffer.from(pixels().data);
      for (const end = Date.now() + limit; Date.now() < end; ) {
        await sleep(pause);
        const now = Buffer.from(pixels().data);
        if (now.equals(last)) return;
        last = now;
      }
    },
    /** The centre of the pixels of exactly this colour below `top`, or null when there are too few for an icon. */
    find([r, g, b], least = 50, top = 0) {
      const { width: w, height: h, stride, data } = pixels();
      const sum = { n: 0, x: 0, y: 0 };
      for (let y = top; y < h; y++)
        for (let x = 0, i = y * stride; x < w; x++, i += 4)
          if (data[i] === b && data[i + 1] === g && data[i + 2] === r) {
            sum.n++;
            sum.x += x;
            sum.y += y;
          }
      return sum.n < least ? null : { x: sum.x / sum.n, y: sum.y / sum.n };
    },
    /** How many pixels of a rectangle have exactly this colour. */
    count([r, g, b], { x, y, width: w, height: h }) {
      const { stride, data } = pixels();
      let n = 0;
      for (let row = Math.round(y); row < y + h; row++)
        for (let column = Math.round(x), i = row * stride + column * 4; column < x + w; column++, i += 4)
          if (data[i] === b && data[i + 1] === g && data[i + 2] === r) n++;
      return n;
    },
    async close() {
      if (server.exitCode === null) {
        const gone = new Promise((resolve) => server.once("exit", resolve));
        server.kill();
        await gone;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Xvfb's frame buffer file: an XWD header, a colour table, rows of blue, green, red and a spare byte. */
function frame(file) {
  const bytes = readFileSync(file);
  const word = (i) => bytes.readUInt32BE(i * 4);
  const [header, width, height, stride, colours] = [word(0), word(4), word(5), word(12), word(19)];
  const start = header + colours * 12;
  return { width, height, stride, data: bytes.subarray(start, start + stride * height) };
}

function shot({ width, height, stride, data }) {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  let o = 0;
  for (let y = 0; y < height; y++) {
    rows[o++] = 0;
    for (let x = 0, i = y * stride; x < width; x++, i += 4) {
      rows[o++] = data[i + 2];
      rows[o++] = data[i + 1];
      rows[o++] = data[i];
    }
  }
  return png(width, height, 2, rows);
}
