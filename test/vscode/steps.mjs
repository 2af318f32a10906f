/**
 * The steps of a user's way through the editor, each a test of its own: one that fails is reported with a picture of the moment, and the next goes on.
 * `only` leaves out steps of other titles.
 */
export const stepsOf =
  (say, shot, { part = "", only = "" } = {}) =>
  async (title, action) => {
    if (!new RegExp(only).test(title)) return;
    const began = Date.now();
    try {
      await action();
      say({ state: "pass", title, ms: Date.now() - began });
    } catch (e) {
      await shot(`failed-${part}${title.slice(0, 40).replaceAll(/\W+/g, "-")}`);
      say({ state: "fail", title, error: String(e?.stack ?? e) });
    }
  };
