// The names a formula sees: definitions evaluated on first use, and names bound inside it.

import { type FormulaError, FormulaFailure, type FunctionValue, fail, type Range, type Statement, said, type Value } from "../../expr/index.js";
import type { Declaration, Scope } from "../context.js";
import { type Family, familyOf } from "./family.js";

/** A definition with its place among the texts it came from. */
export interface Definition {
  readonly statement: Extract<Statement, { kind: "define" }>;
  readonly index: number;
  /** Why its text could not be read: then nothing can be said about the name. */
  readonly failure?: FormulaError;
}

interface Hooks {
  /** Evaluates the body of a definition in the scope it sees. */
  readonly evaluate: (definition: Definition, scope: Scope) => Value;
  /** Told each time a definition is used. */
  readonly used?: (definition: Definition) => void;
}

/** Longest chain of definitions that depend on each other. */
const maxDepth = 200;

/**
 * A scope over definitions in order. A name means its last definition; inside a definition, the nearest one before it
 * (and when there is none, a later one). Values are kept after the first use. Cycles fail with the chain of names.
 */
export function definitionScope(definitions: readonly Definition[], declarations: ReadonlyMap<string, Declaration>, hooks: Hooks): Scope {
  const places = new Map<string, number[]>();
  definitions.forEach((d, k) => {
    const list = places.get(d.statement.name);
    if (list) list.push(k);
    else places.set(d.statement.name, [k]);
  });
  const values = new Map<number, Value>();
  const chain: number[] = [];
  const names = [...places.keys()];
  const families = new Map<string, Family>();
  for (const { statement } of definitions) {
    const family = familyOf(statement);
    if (family) families.set(family.base, family);
  }

  const value = (k: number, use: Range): Value => {
    const d = definitions[k] as Definition;
    hooks.used?.(d);
    const known = values.get(k);
    if (known) return known;
    if (chain.includes(k)) {
      const loop = [...chain.slice(chain.indexOf(k)), k].map((n) => (definitions[n] as Definition).statement.name);
      return fail("circular", said`${d.statement.name} depends on itself: ${loop.join(" → ")}`, use);
    }
    if (chain.length >= maxDepth) return fail("too-large", said`more than ${maxDepth} definitions depend on each other`, use);
    if (d.failure) throw new FormulaFailure(d.failure);
    chain.push(k);
    try {
      const result = hooks.evaluate(d, seenFrom(k));
      values.set(k, result);
      return result;
    } finally {
      chain.pop();
    }
  };

  /** The names as definition `self` sees them. */
  const seenFrom = (self: number): Scope =>
    scope((name) => {
      const list = places.get(name);
      if (!list) return undefined;
      let before: number | undefined;
      for (const k of list) if (k < self) before = k;
      return before ?? list.find((k) => k > self) ?? self;
    });

  const scope = (choose: (name: string) => number | undefined): Scope => {
    const self: Scope = {
      lookup(name, use) {
        const k = choose(name);
        return k === undefined ? undefined : value(k, use);
      },
      declaration: (name) => declarations.get(name),
      names: () => names,
      family: (base) => families.get(base),
      with: (bindings) => bound(self, bindings),
    };
    return self;
  };
  return scope((name) => {
    const list = places.get(name);
    return list?.[list.length - 1];
  });
}

/** A scope that sees `bindings` first. */
export function bound(outer: Scope, bindings: Readonly<Record<string, Value>>): Scope {
  const own = new Map(Object.entries(bindings));
  const self: Scope = {
    lookup: (name, use) => own.get(name) ?? outer.lookup(name, use),
    // A name that was only set free (the variable of a derivative) keeps its declared shape.
    declaration: (name) => (own.has(name) && !standsForItself(own.get(name), name) ? undefined : outer.declaration(name)),
    names: () => [...own.keys(), ...outer.names()],
    family: outer.family,
    with: (more) => bound(self, more),
  };
  return self;
}

const standsForItself = (v: Value | undefined, name: string): boolean => v?.kind === "symbolic" && v.expr.kind === "name" && v.expr.name === name;

/** A scope with one name whose value changes from turn to turn of a loop. */
export function loopScope(outer: Scope, variable: string): { readonly scope: Scope; set(value: Value): void } {
  let current: Value | undefined;
  const self: Scope = {
    lookup: (name, use) => (name === variable ? current : outer.lookup(name, use)),
    declaration: (name) => (name === variable ? undefined : outer.declaration(name)),
    names: () => [variable, ...outer.names()],
    family: outer.family,
    with: (more) => bound(self, more),
  };
  return {
    scope: self,
    set: (value) => {
      current = value;
    },
  };
}

/** Functions keep the scope they were defined in beside the plain value. */
interface Closure {
  readonly scope: Scope;
  /** The definition text the body stands in, when it is not the formula's own. */
  readonly text?: number;
}
const closures = new WeakMap<FunctionValue, Closure>();

export const closeOver = (f: FunctionValue, scope: Scope, text?: number): FunctionValue => {
  closures.set(f, text === undefined ? { scope } : { scope, text });
  return f;
};
export const scopeOf = (f: FunctionValue): Scope | undefined => closures.get(f)?.scope;
export const textOf = (f: FunctionValue): number | undefined => closures.get(f)?.text;

export const emptyScope: Scope = definitionScope([], new Map(), { evaluate: () => fail("internal", "nothing is defined", [0, 0]) });
