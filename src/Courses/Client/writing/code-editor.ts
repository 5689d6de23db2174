/**
 * CodeMirror in the place of a Markdown textarea. The textarea stays the field of the form and hears every change, so that whoever
 * listens to it (draft, preview) need not know; what somebody else writes into it appears here. Its rules stand in an adopted style
 * sheet (build.mjs sees to that), colours come from the design.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { defineLanguageFacet, HighlightStyle, Language, syntaxHighlighting } from '@codemirror/language';
import { EditorState, RangeSet, StateEffect, StateField, type Range, type StateCommand } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  gutter,
  GutterMarker,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type KeyBinding,
  type ViewUpdate,
} from '@codemirror/view';
import { edits, type Command } from '@client/markdown-edits';
import { tags } from '@lezer/highlight';
import { GFM, parser, type MarkdownConfig } from '@lezer/markdown';
import { nextItem } from './lists';

/** A place to be mended: its line, from 1, and why. */
export interface Problem {
  line: number;
  message: string;
}

export interface CodeEditor {
  /** Marks the lines to be mended, in the gutter and behind their text. */
  mark(problems: readonly Problem[]): void;
  /** Puts the cursor at a line, from 1, and shows it. */
  go(line: number): void;
  apply(command: Command): void;
  /** Puts a text in the place of the selection, or at a place of the text. */
  insert(text: string, at?: number): void;
}

/** What is pasted or dropped as files: taken when it answers true. `at` is the place in the text. */
export type TakeFiles = (files: File[], at: number) => boolean;

export function openEditor(field: HTMLTextAreaElement, describedBy: string, take: TakeFiles): CodeEditor {
  const label = field.labels[0];
  const view: EditorView = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        history(),
        lineNumbers(),
        problemGutter,
        drawSelection(),
        EditorView.lineWrapping,
        EditorState.allowMultipleSelections.of(false),
        EditorView.contentAttributes.of({
          'aria-label': label?.textContent ?? '',
          'aria-describedby': describedBy,
          spellcheck: 'true',
          tabindex: '0', // it is focusable without; said for who looks after what scrolls
          lang: field.lang,
        }),
        new Language(defineLanguageFacet(), parser.configure([GFM, formulas]), [], 'markdown').extension,
        syntaxHighlighting(colours),
        directives,
        keymap.of([...ourKeys(), ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.domEventHandlers({
          paste: (event) => took(event.clipboardData, view.state.selection.main.from),
          drop: (event) =>
            took(event.dataTransfer, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) mirror();
        }),
        look,
      ],
    }),
  });

  const took = (data: DataTransfer | null, at: number) =>
    data !== null && data.files.length > 0 && take([...data.files], at);

  const mirror = () => {
    const text = view.state.doc.toString();
    if (text === field.value) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  // Somebody else wrote into the field: only what differs is changed, so that the cursor stays.
  field.addEventListener('input', () => {
    const [before, after] = [view.state.doc.toString(), field.value];
    if (before === after) return;
    let from = 0;
    while (from < before.length && before[from] === after[from]) from++;
    let end = 0;
    const most = Math.min(before.length, after.length) - from;
    while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
    view.dispatch({ changes: { from, to: before.length - end, insert: after.slice(from, after.length - end) } });
  });

  label?.addEventListener('click', (event) => {
    event.preventDefault();
    view.focus();
  });
  field.classList.add('visually-hidden');
  field.tabIndex = -1;
  field.setAttribute('aria-hidden', 'true');
  field.after(view.dom);

  return {
    mark(problems) {
      view.dispatch({ effects: setProblems.of(problems) });
    },
    go(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    apply(command) {
      apply(view, command);
    },
    insert(text, at) {
      const { from, to } = at === undefined ? view.state.selection.main : { from: at, to: at };
      view.dispatch({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: 'input',
      });
      view.focus();
    },
  };
}

// --- writing ---

function apply(view: EditorView, command: Command): boolean {
  const { from: start, to: end } = view.state.selection.main;
  const edit = edits[command]({ text: view.state.doc.toString(), start, end });
  view.dispatch({
    changes: { from: edit.from, to: edit.to, insert: edit.text },
    selection: { anchor: edit.start, head: edit.end },
    scrollIntoView: true,
    userEvent: 'input',
  });
  view.focus();
  return true;
}

function ourKeys(): KeyBinding[] {
  const key = (name: string, command: Command): KeyBinding => ({ key: name, run: (view) => apply(view, command) });
  return [key('Mod-b', 'bold'), key('Mod-i', 'italic'), key('Mod-k', 'link'), { key: 'Enter', run: goOn }];
}

/** Enter in a list or quotation begins its next item, and ends it on an empty one. */
const goOn: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const next = main.empty && main.head === line.to ? nextItem(line.text) : undefined;
  if (next === undefined) return false;
  const change =
    next === ''
      ? { changes: { from: line.from, to: line.to }, selection: { anchor: line.from } }
      : { changes: { from: line.to, insert: `\n${next}` }, selection: { anchor: line.to + 1 + next.length } };
  dispatch(state.update({ ...change, scrollIntoView: true, userEvent: 'input' }));
  return true;
};

// --- colours ---

const formulas: MarkdownConfig = {
  defineNodes: [{ name: 'Formula', style: tags.special(tags.string) }],
  parseInline: [
    {
      name: 'Formula',
      before: 'Emphasis',
      parse(context, next, at) {
        if (next !== 36 /* $ */) return -1;
        const text = context.slice(at, context.end);
        const found = /^\$\$[^$]+\$\$|^\$[^$\s](?:[^$\n]*[^$\s])?\$/.exec(text);
        return found ? context.addElement(context.elt('Formula', at, at + found[0].length)) : -1;
      },
    },
  ],
};

const directiveMark = Decoration.mark({ class: 'cm-directive' });
const directiveFinder = new MatchDecorator({
  regexp: /^::(?:video|audio|resource)\b|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/g,
  decoration: directiveMark,
});
const directives = ViewPlugin.fromClass(
  class {
    found: DecorationSet;
    constructor(view: EditorView) {
      this.found = directiveFinder.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.found = directiveFinder.updateDeco(update, this.found);
    }
  },
  { decorations: (plugin) => plugin.found },
);

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: [tags.monospace, tags.special(tags.string)], color: 'var(--caution)' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.quote], color: 'var(--ink-soft)' },
]);

// --- what is to be mended ---

const setProblems = StateEffect.define<readonly Problem[]>();

class ProblemMarker extends GutterMarker {
  constructor(private readonly message: string) {
    super();
  }

  override eq(other: ProblemMarker): boolean {
    return other.message === this.message;
  }

  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.title = this.message;
    mark.textContent = '⚠';
    return mark;
  }
}

interface Marked {
  gutter: RangeSet<GutterMarker>;
  lines: DecorationSet;
}

const problemLine = Decoration.line({ class: 'cm-problem' });

// What is typed moves the marks along until the preview knows better.
const problemField = StateField.define<Marked>({
  create: () => ({ gutter: RangeSet.of<GutterMarker>([]), lines: Decoration.none }),
  update(marked, { changes, effects, state }) {
    let { gutter, lines } = changes.empty
      ? marked
      : { gutter: marked.gutter.map(changes), lines: marked.lines.map(changes) };
    for (const effect of effects) {
      if (!effect.is(setProblems)) continue;
      const byLine = new Map<number, string[]>();
      for (const { line, message } of effect.value)
        if (line >= 1 && line <= state.doc.lines) byLine.set(line, [...(byLine.get(line) ?? []), message]);
      const places = [...byLine].sort(([a], [b]) => a - b);
      const at = (line: number) => state.doc.line(line).from;
      gutter = RangeSet.of(
        places.map(([line, messages]): Range<GutterMarker> => new ProblemMarker(messages.join(' ')).range(at(line))),
      );
      lines = Decoration.set(places.map(([line]) => problemLine.range(at(line))));
    }
    return { gutter, lines };
  },
  provide: (field) => EditorView.decorations.from(field, (marked) => marked.lines),
});

const problemGutter = [
  problemField,
  gutter({ class: 'cm-problems', markers: (view) => view.state.field(problemField).gutter }),
];

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', minWidth: '0' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontSize: '.9063rem',
    lineHeight: '1.7',
    minHeight: '16rem',
    maxHeight: 'max(20rem, 72vh)',
    overflow: 'auto',
  },
  '.cm-content': { padding: 'var(--s3) 0', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--s3) 0 var(--s2)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-soft)', border: '0' },
  '.cm-problems': { minWidth: '1.2em' },
  '.cm-problems .cm-gutterElement': { color: 'var(--caution)', cursor: 'default' },
  '.cm-problem': { backgroundColor: 'var(--caution-soft)' },
  '.cm-directive': { color: 'var(--accent)', fontWeight: '700' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft)',
  },
});
