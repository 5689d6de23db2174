/**
 * The TeX that most formulas are made of, as the MathML that KaTeX would write for it, to the letter: `katex-mathml.check.mjs`
 * compares the two. What is not surely of it is refused, and then the page loads KaTeX, which is eight times as large.
 */

/** Tag, attributes in their order, children. */
export type Node = [tag: string, attributes: Record<string, string>, children: (Node | string)[]];

interface Operator {
  nodes: Node[];
  /** Stands below and above what it is written beside; in formulas on a line of their own. */
  limits: boolean;
}

class Refused extends Error {}

const table = (text: string) => new Map(text.split(' ').map((entry) => [entry.slice(0, -1), entry.slice(-1)]));

const letters = table(
  'alphaα betaβ gammaγ deltaδ epsilonϵ zetaζ etaη thetaθ iotaι kappaκ lambdaλ muμ nuν xiξ piπ rhoρ sigmaσ tauτ upsilonυ phiϕ chiχ psiψ ' +
    'omegaω varepsilonε varthetaϑ varpiϖ varrhoϱ varsigmaς varphiφ',
);
const upright = table(
  'GammaΓ DeltaΔ ThetaΘ LambdaΛ XiΞ PiΠ SigmaΣ PhiΦ PsiΨ OmegaΩ infty∞ forall∀ exists∃ nabla∇ ellℓ emptyset∅ angle∠ partial∂ degree° %% $$ &&',
);
const operators = table(
  'pm± mp∓ times× div÷ cdot⋅ ast∗ circ∘ bullet∙ cap∩ cup∪ setminus∖ wedge∧ vee∨ land∧ lor∨ oplus⊕ otimes⊗ ' +
    'le≤ leq≤ ge≥ geq≥ lt< gt> equiv≡ sim∼ approx≈ cong≅ propto∝ ll≪ gg≫ in∈ ni∋ subset⊂ supset⊃ subseteq⊆ supseteq⊇ mid∣ perp⊥ parallel∥ ' +
    'to→ rightarrow→ gets← leftarrow← leftrightarrow↔ Rightarrow⇒ Leftarrow⇐ Leftrightarrow⇔ mapsto↦ ' +
    'longrightarrow⟶ Longrightarrow⟹ Longleftrightarrow⟺ longmapsto⟼ ldots… cdots⋯ ddots⋱',
);
const fences = table('{{ }} lbrace{ rbrace} langle⟨ rangle⟩ lfloor⌊ rfloor⌋ lceil⌈ rceil⌉ lvert∣ rvert∣ lVert∥ rVert∥');
const large = table('sum∑ prod∏ coprod∐ bigcup⋃ bigcap⋂ bigvee⋁ bigwedge⋀ bigoplus⨁ bigotimes⨂ int∫ oint∮');
const accents = table('hat^ tilde~ barˉ vec⃗ dot˙ ddot¨ acuteˊ graveˋ breve˘ checkˇ');
const named =
  'sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg dim exp hom ker lg ln log'.split(' ');
const namedWithLimits = 'lim max min inf sup det gcd Pr'.split(' ');
const fonts = new Map([
  ['mathrm', 'normal'],
  ['mathbf', 'bold'],
  ['mathbb', 'double-struck'],
  ['mathcal', 'script'],
  ['mathfrak', 'fraktur'],
]);
const spaces = new Map([
  [',', '\u2009'],
  [':', '\u2005'],
  [';', '\u2005\u200a'],
  ['!', '\u2009\u2063'],
  [' ', '\u00a0'],
]);
const keys: Record<string, string> = { '-': '−', '*': '∗' };
const fromKeys: Record<string, string> = { ...keys, '+': '+', '=': '=', '<': '<', '>': '>', ':': ':' };

/** The children of the formula's `semantics`, without the annotation; undefined: this is not for us. */
export function common(tex: string, display: boolean): Node | undefined {
  // A % begins a remark; what is beyond the keyboard has rules of its own.
  if (!/^[\s\x20-\x7e]*$/.test(tex) || /(^|[^\\])%/.test(tex)) return undefined;
  try {
    const row = new Reader(tex, display).row('');
    const [only] = row;
    return row.length === 1 && only && /^(mrow|mtable)$/.test(only[0]) ? only : ['mrow', {}, row];
  } catch (refused) {
    if (refused instanceof Refused) return undefined;
    throw refused;
  }
}

class Reader {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    tex: string,
    private display: boolean,
  ) {
    this.tokens = tex.match(/\\[a-zA-Z]+\s*|\\[^]|\s+|[^]/g) ?? [];
  }

  /** Everything up to the token that ends it; empty: the end of the text. */
  row(end: string): Node[] {
    const row: Node[] = [];
    for (let atoms = 0; ; atoms++) {
      this.skip();
      if (this.peek() === end) {
        // A function's name alone in braces: KaTeX forgets what holds the name and its invisible sign together.
        if (atoms === 1 && row.length > 1 && end !== '') throw new Refused();
        this.at++;
        return row;
      }
      for (const node of this.atom()) add(row, node);
    }
  }

  private peek(): string {
    const token = this.tokens[this.at] ?? '';
    return /^\\[^a-zA-Z]/.test(token) ? token : token.trim();
  }

  private following(): string {
    this.skip();
    return this.peek();
  }

  private next(): string {
    const token = this.peek();
    this.at++;
    return token;
  }

  private skip(): void {
    while (/^\s/.test(this.tokens[this.at] ?? '')) this.at++;
  }

  /** A base and what stands above and below it. */
  private atom(): Node[] {
    const found = this.base();
    const operator = Array.isArray(found) ? undefined : found;
    const nodes = operator?.nodes ?? (found as Node[]);
    let [below, above]: (Node | undefined)[] = [];
    const primes: Node[] = [];
    for (;;) {
      this.skip();
      const sign = this.peek();
      if (sign === "'") {
        if (above || primes.length > 0) throw new Refused();
        for (; this.peek() === "'"; this.at++) primes.push(['mo', { mathvariant: 'normal' }, ['′']]);
      } else if (sign === '^' || sign === '_') {
        this.at++;
        if (sign === '^' ? above : below) throw new Refused();
        if (sign === '_') below = this.argument();
        else if (primes.length > 0) throw new Refused();
        else above = this.argument();
      } else break;
    }
    if (primes.length > 0) above = group(primes);
    if (!below && !above) return nodes;

    const [first] = nodes;
    if (!first || (nodes.length > 1 && !operator)) throw new Refused();
    // What is written at a space stands beside it, at nothing.
    const base: Node = nodes.length > 1 ? ['mrow', {}, nodes] : isSpace(first) ? ['mrow', {}, []] : first;
    const isOver = operator?.limits && this.display;
    const over = isOver ? 'munderover' : 'msubsup';
    const tag = below && above ? over : below ? (isOver ? 'munder' : 'msub') : isOver ? 'mover' : 'msup';
    const script: Node = [tag, {}, [base, ...(below ? [below] : []), ...(above ? [above] : [])]];
    return isSpace(first) ? [first, script] : [script];
  }

  private base(): Node[] | Operator {
    const token = this.next();
    if (token === '{') return [group(this.row('}'))];
    if (/^[a-zA-Z]$/.test(token)) return [['mi', {}, [token]]];
    if (/^\d$/.test(token)) return [['mn', {}, [token]]];
    if (token in fromKeys) return [['mo', {}, [fromKeys[token] ?? '']]];
    if (/^[,;]$/.test(token)) return [['mo', { separator: 'true' }, [token]]];
    if (/^[()[\]!?]$/.test(token)) return [['mo', { stretchy: 'false' }, [token]]];
    if (/^[./|]$/.test(token)) return [['mi', { mathvariant: 'normal' }, [token === '|' ? '∣' : token]]];
    if (token === '~') return [['mtext', {}, ['\u00a0']]];
    if (!token.startsWith('\\')) throw new Refused();
    return this.command(token.slice(1));
  }

  private command(name: string): Node[] | Operator {
    const symbol = simple(name);
    // Dots before what closes have a space after them.
    if (/^[cl]dots$/.test(name) && /^([^\s\w{&+=<>'^_-]|\\[^a-z]|\\(r|end|big))/.test(this.following()))
      throw new Refused();
    if (symbol) return [symbol];
    const sign = large.get(name);
    if (sign) return { nodes: [['mo', {}, [sign]]], limits: !/^o?int$/.test(name) };
    const limits = namedWithLimits.includes(name);
    if (limits || named.includes(name)) return { nodes: applied(['mi', {}, [name]]), limits };
    const accent = accents.get(name);
    if (accent) {
      const under = this.argument();
      if (under[0] === 'mo') throw new Refused();
      return [['mover', { accent: 'true' }, [under, ['mo', {}, [accent]]]]];
    }
    const font = fonts.get(name);
    if (font) return [this.styled(font)];
    switch (name) {
      case 'frac':
        return [['mfrac', {}, [this.argument(), this.argument()]]];
      case 'tfrac':
      case 'dfrac':
        return [
          this.within(name === 'dfrac', () =>
            styledAs(name === 'dfrac', ['mfrac', {}, [this.argument(), this.argument()]]),
          ),
        ];
      case 'binom':
        return [row([fence('('), ['mfrac', { linethickness: '0px' }, [this.argument(), this.argument()]], fence(')')])];
      case 'begin':
        return [this.environment(this.word(/^([pbBvV]?matrix|cases|aligned)$/))];
      case 'overline':
        return [['mover', { accent: 'true' }, [this.argument(), line()]]];
      case 'underline':
        return [['munder', { accentunder: 'true' }, [this.argument(), line()]]];
      case 'sqrt':
        return [this.root()];
      case 'text':
        return [this.text()];
      case 'left':
        return [this.fenced()];
      case 'operatorname':
        return { nodes: applied(['mi', { mathvariant: 'normal' }, [this.word(/^[a-zA-Z]+$/)]]), limits: false };
      default:
        throw new Refused();
    }
  }

  /** In braces, or one letter, digit or symbol. */
  private argument(): Node {
    this.skip();
    const token = this.next();
    if (token === '{') return group(this.row('}'));
    if (/^[a-zA-Z]$/.test(token)) return ['mi', {}, [token]];
    if (/^\d$/.test(token)) return ['mn', {}, [token]];
    const symbol = token.startsWith('\\') ? (letters.get(token.slice(1)) ?? upright.get(token.slice(1))) : undefined;
    if (!symbol) throw new Refused();
    return simple(token.slice(1)) ?? ['mrow', {}, []];
  }

  private root(): Node {
    this.skip();
    if (this.peek() !== '[') return ['msqrt', {}, [this.argument()]];
    this.at++;
    const degree = this.row(']');
    return ['mroot', {}, [this.argument(), row(degree)]];
  }

  /** Letters and digits of another alphabet. */
  private styled(variant: string): Node {
    const word = this.word(variant === 'normal' ? /^[a-zA-Z0-9]+$/ : /^[a-zA-Z]+$/);
    const nodes: Node[] = [];
    for (const sign of word)
      add(nodes, /\d/.test(sign) ? ['mn', {}, [sign]] : ['mi', { mathvariant: variant }, [sign]]);
    return row(nodes);
  }

  private text(): Node {
    const words = this.word(/^[a-zA-Z0-9 .,:;()/+=?!*-]+$/);
    if (/--|[?!]`/.test(words)) throw new Refused();
    return ['mtext', {}, [words.replace(/ +/g, '\u00a0')]];
  }

  private fenced(): Node {
    const [open, body, close] = [this.fence(), this.row('\\right'), this.fence()];
    return row([...open, ...body, ...close]);
  }

  private fence(): Node[] {
    this.skip();
    const token = this.next();
    if (token === '.') return [];
    const sign = /^[()[\]|]$/.test(token) ? token.replace('|', '∣') : fences.get(token.slice(1));
    if (!sign || (sign === token && token.startsWith('\\'))) throw new Refused();
    return [fence(sign)];
  }

  private within(display: boolean, read: () => Node): Node {
    const before = this.display;
    this.display = display;
    const found = read();
    this.display = before;
    return found;
  }

  private environment(name: string): Node {
    const isAligned = name === 'aligned';
    return this.within(isAligned, () => this.grid(name, this.cells(name, isAligned)));
  }

  private cells(name: string, isAligned: boolean): Node[][] {
    const rows: Node[][] = [];
    let [cells, cell, atoms]: [Node[][], Node[], number] = [[], [], 0];
    const endCell = (): void => {
      if (atoms === 1 && cell.length > 1) throw new Refused();
      cells.push(cell);
      [cell, atoms] = [isAligned && cells.length % 2 === 1 ? [['mrow', {}, []]] : [], 0];
    };
    const endRow = (): void => {
      endCell();
      rows.push(cells.map((nodes) => ['mtd', {}, [styledAs(isAligned, group(nodes))]]));
      [cells, cell] = [[], []];
    };
    for (;;) {
      this.skip();
      const token = this.peek();
      if (token === '&') {
        this.at++;
        endCell();
      } else if (token === '\\\\') {
        this.at++;
        this.skip();
        if (/^[[*]$/.test(this.peek())) throw new Refused(); // space of its own
        endRow();
      } else if (token === '\\end') break;
      else {
        for (const node of this.atom()) add(cell, node);
        atoms++;
      }
    }
    this.at++;
    if (this.word(/^\w+$/) !== name) throw new Refused();
    if (cells.length > 0 || cell.length > 0) endRow();
    return rows;
  }

  private grid(name: string, rows: Node[][]): Node {
    const columns = Math.max(0, ...rows.map((cells) => cells.length));
    if (columns === 0 || (name === 'cases' && columns > 2)) throw new Refused();
    const many = (count: number, first: string, second: string) =>
      Array.from({ length: count }, (_, i) => (i % 2 ? second : first)).join(' ');
    const table: Node = [
      'mtable',
      { rowspacing: '0.16em', columnalign: many(columns, 'center', 'center'), columnspacing: '1em' },
      [],
    ];
    if (name === 'cases') Object.assign(table[1], { rowspacing: '0.36em', columnalign: 'left left' });
    if (name === 'aligned')
      Object.assign(table[1], {
        rowspacing: '0.25em',
        columnalign: many(columns, 'right', 'left'),
        columnspacing: many(columns - 1, '0em', '1em'),
      });
    table[2] = rows.map((cells) => ['mtr', {}, cells]);
    const around = { p: '()', b: '[]', B: '{}', v: '∣∣', V: '∥∥', c: '{' }[name[0] ?? ''] ?? '';
    const [open, close] = around;
    return open ? row([fence(open), table, ...(close ? [fence(close)] : [])]) : table;
  }

  /** What stands in braces, when it is of these signs alone. */
  private word(allowed: RegExp): string {
    this.skip();
    if (this.next() !== '{') throw new Refused();
    let word = '';
    while (this.at < this.tokens.length && this.peek() !== '}')
      word += this.tokens[this.at++]?.replace(/\s+/g, ' ') ?? '';
    if (this.next() !== '}' || !allowed.test(word)) throw new Refused();
    return word;
  }
}

/** The attributes of a space that is no word, told from those of others by being these. */
const ofSpace = {};
const isSpace = (node: Node) => node[1] === ofSpace || node[0] === 'mspace';

const line = (): Node => ['mo', { stretchy: 'true' }, ['‾']];
const applied = (name: Node): Node[] => [name, ['mo', {}, ['\u2061']]];

function simple(name: string): Node | undefined {
  const letter = letters.get(name);
  if (letter) return ['mi', {}, [letter]];
  const plain = upright.get(name);
  if (plain) return ['mi', { mathvariant: 'normal' }, [plain]];
  const operator = operators.get(name);
  if (operator) return ['mo', {}, [operator]];
  const fence = fences.get(name);
  if (fence) return ['mo', { stretchy: 'false' }, [fence]];
  const space = spaces.get(name);
  if (space) return ['mtext', name === ' ' ? {} : ofSpace, [space]];
  if (/^q?quad$/.test(name)) return ['mspace', { width: name === 'quad' ? '1em' : '2em' }, []];
  if (/^neq?$/.test(name)) return ['mo', { mathvariant: 'normal' }, ['≠']];
  return undefined;
}

const fence = (sign: string): Node => ['mo', { fence: 'true' }, [sign]];

const styledAs = (isLarge: boolean, node: Node): Node => [
  'mstyle',
  { scriptlevel: '0', displaystyle: String(isLarge) },
  [node],
];

function row(nodes: Node[]): Node {
  const [only] = nodes;
  return nodes.length === 1 && only ? only : ['mrow', {}, nodes];
}

/** What stands in braces: an operator alone has no space around it. */
function group(nodes: Node[]): Node {
  const only = row(nodes);
  if (only[0] === 'mo') Object.assign(only[1], { lspace: '0em', rspace: '0em' });
  return only;
}

const isPoint = ([tag, { lspace }, [text]]: Node) =>
  (tag === 'mi' && text === '.') || (tag === 'mo' && text === ',' && lspace !== undefined);

/** Digits, their point and words that stand side by side are one. */
function add(nodes: Node[], node: Node): void {
  const last = nodes.at(-1);
  const [tag, , children] = node;
  if (last && !isSpace(last) && !isSpace(node)) {
    const isNumber = last[0] === 'mn';
    if ((tag === 'mtext' && last[0] === 'mtext') || (isNumber && (tag === 'mn' || isPoint(node)))) {
      last[2].push(...children);
      return;
    }
    if (tag === 'mn' && isPoint(last)) {
      children.unshift(...last[2]);
      nodes.pop();
    } else if (/^ms(up|ub)$/.test(tag) && (isNumber || isPoint(last))) {
      const [base] = children;
      if (typeof base === 'object' && base[0] === 'mn') {
        base[2].unshift(...last[2]);
        nodes.pop();
      }
    }
  }
  nodes.push(node);
}
