// A set of names on top of another that it never copies: a document knows thousands, a formula adds a few.

/** What a set of names is asked. */
export interface KnownNames {
  has(name: string): boolean;
  readonly size: number;
}

export class Names {
  private readonly added = new Set<string>();
  private readonly removed = new Set<string>();

  constructor(private readonly base: KnownNames) {}

  has(name: string): boolean {
    return this.added.has(name) || (this.base.has(name) && !this.removed.has(name));
  }

  add(name: string): void {
    this.added.add(name);
    this.removed.delete(name);
  }

  delete(name: string): void {
    this.added.delete(name);
    this.removed.add(name);
  }

  /** At least how many names there may be: 0 only when there are none. */
  get size(): number {
    return this.added.size + this.base.size;
  }
}
