// What a source file says to the reader, read from its syntax tree: for tests of translations.
import ts from "typescript";

export interface Sentences {
  /** Texts without parts. */
  readonly plain: string[];
  /** Templates of said`...`, with their parts open. */
  readonly templates: string[];
  /** Texts put together where a phrase with parts is due. */
  readonly glued: string[];
  /** Words of ours that become parts of a sentence. */
  readonly words: string[];
}

/** Calls and errors that take sentences, and at which places. */
const SAYING = new Map([
  ["MathError", [1, 2]],
  ["fail", [1, 3]],
  ["failAt", [1, 3]],
  ["formulaError", [1, 3]],
  ["requireThat", [1]],
  ["bad", [0]],
]);

/** Guards that take a word for what they speak of. */
const GUARD = /^(require(?!That)\w+|withKernels|needRandom|noFunctionOfZero|checkIndices)$/;
/** Words of a language, and not the name of a parameter or of a method. */
const WORD = / |(ing|tion|ithm)$/;

export function sentencesOf(text: string): Sentences {
  const found: Sentences = { plain: [], templates: [], glued: [], words: [] };
  const sentence = (n: ts.Expression | undefined): void => {
    if (!n) return;
    if (ts.isStringLiteralLike(n)) found.plain.push(n.text);
    else if (ts.isConditionalExpression(n)) [n.whenTrue, n.whenFalse].forEach(sentence);
    else if (ts.isTemplateExpression(n) || ts.isBinaryExpression(n)) found.glued.push(n.getText());
  };
  const visit = (n: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(n) && n.tag.getText() === "said") found.templates.push(templateOf(n.template));
    if (ts.isNewExpression(n) || ts.isCallExpression(n)) {
      const name = n.expression.getText().split(".").at(-1) as string;
      for (const place of SAYING.get(name) ?? []) sentence(n.arguments?.[place]);
      if (GUARD.test(name)) for (const a of n.arguments ?? []) if (ts.isStringLiteralLike(a) && WORD.test(a.text)) found.words.push(a.text);
    }
    ts.forEachChild(n, visit);
  };
  visit(ts.createSourceFile("", text, ts.ScriptTarget.Latest, true));
  return found;
}

const templateOf = (t: ts.TemplateLiteral): string =>
  ts.isNoSubstitutionTemplateLiteral(t) ? t.text : t.templateSpans.reduce((all, { literal }, k) => `${all}{${k}}${literal.text}`, t.head.text);
