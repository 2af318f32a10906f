// Runs a function in a page that a click or a key granted to the extension. Chromium may tell the extension of the grant a moment before it tells
// the page's process: then the first attempt is refused, and one a little later is not (one in five refused on a busy machine, none after 50 ms).

const WAITS_MS = [20, 40, 80, 160, 320];
const REFUSED = /access contents|host permission/i;

/** What the function answers in the page, or in each of its frames. Throws where scripts may not run (PDF viewers, the browser's own pages). */
export async function inPage<T>(tabId: number, func: () => T, { allFrames = false, injectImmediately = false } = {}): Promise<T[]> {
  for (let attempt = 0; ; attempt++)
    try {
      const frames = await chrome.scripting.executeScript({ target: { tabId, allFrames }, injectImmediately, func });
      if (!frames.some(({ frameId }) => frameId === 0)) throw new Error("no host permission for the page itself");
      return frames.map(({ result }) => result as T);
    } catch (error) {
      if (attempt >= WAITS_MS.length || !REFUSED.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAITS_MS[attempt]));
    }
}
