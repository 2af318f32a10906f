// Links to labs in VS Code's Markdown preview, which follows no scheme but its own and the web's: they become addresses that this extension handles.

interface Token {
  readonly type: string;
  readonly children?: readonly Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}
/** The little of markdown-it that is used. */
export interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: { readonly tokens: readonly Token[] }) => void): void } };
}

const SCHEME = "scholium:lab/";

/** The plugin; `address` is what the editor opens by this extension, as in vscode://publisher.name. */
export const labLinksIn =
  (address: string) =>
  <M extends MarkdownIt>(md: M): M => {
    md.core.ruler.push("scholium_labs", ({ tokens }) => {
      for (const { children } of tokens)
        for (const token of children ?? []) {
          const target = token.type === "link_open" ? token.attrGet("href") : null;
          if (target?.startsWith(SCHEME)) token.attrSet("href", `${address}/lab/${target.slice(SCHEME.length)}`);
        }
    });
    return md;
  };
