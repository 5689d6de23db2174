/** What the composer's buttons do to Markdown, as pure functions: text and selection in, one replacement and selection out. */

export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Replace `from`–`to` by `text`, then select `start`–`end` of the whole. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  start: number;
  end: number;
}

export type Command =
  | 'bold'
  | 'italic'
  | 'code'
  | 'maths'
  | 'link'
  | 'image'
  | 'list'
  | 'quote'
  | 'heading'
  | 'callout'
  | 'video'
  | 'resource';

export const edits: Record<Command, (selected: Selected) => Edit> = {
  bold: (selected) => wrap(selected, '**'),
  italic: (selected) => wrap(selected, '*'),
  code: (selected) => (severalLines(selected) ? block(selected, '```', '```') : wrap(selected, '`')),
  maths: (selected) => (severalLines(selected) ? block(selected, '$$', '$$') : wrap(selected, '$')),
  link: (selected) => link(selected, ''),
  image: (selected) => link(selected, '!'),
  list: (selected) => prefix(selected, '- '),
  quote: (selected) => prefix(selected, '> '),
  heading: (selected) => prefix(selected, '## '),
  callout: (selected) => callout(selected),
  video: (selected) => directive(selected, '::video', 'minutes=5'),
  resource: (selected) => directive(selected, '::resource', 'source="" licence="CC BY 4.0"'),
};

const inside = ({ text, start, end }: Selected) => text.slice(start, end);
const severalLines = (selected: Selected) => inside(selected).includes('\n');

/** Marks on both sides; taken off again when they are there, inside or around the selection. */
function wrap(selected: Selected, mark: string): Edit {
  const { text, start, end } = selected;
  const words = inside(selected);
  const n = mark.length;
  const marked = (s: string) => s.length >= 2 * n && s.startsWith(mark) && s.endsWith(mark) && !doubled(s);
  // A single * is not to be mistaken for half of **.
  const doubled = (s: string) => n === 1 && mark === '*' && s.startsWith('**') && !s.startsWith('***');

  if (marked(words)) return { from: start, to: end, text: words.slice(n, -n), start, end: end - 2 * n };
  const around = text.slice(start - n, end + n);
  if (start >= n && marked(around) && !(mark === '*' && doubled(text.slice(Math.max(0, start - 2), end + 2))))
    return { from: start - n, to: end + n, text: words, start: start - n, end: end - n };

  // The space at the edges of a selection stays outside, or the marks would not count.
  const lead = /^\s*/.exec(words)?.[0].length ?? 0;
  const trail = lead === words.length ? 0 : (/\s*$/.exec(words)?.[0].length ?? 0);
  const core = words.slice(lead, words.length - trail);
  return {
    from: start + lead,
    to: end - trail,
    text: mark + core + mark,
    start: start + lead + n,
    end: end - trail + n,
  };
}

/** A fence around whole lines. */
function block(selected: Selected, open: string, close: string): Edit {
  const { text, from, to } = lines(selected);
  const body = text.slice(from, to);
  return { from, to, text: `${open}\n${body}\n${close}`, start: from + open.length + 1, end: to + open.length + 1 };
}

/** A start for each line; taken off when every line has it. */
function prefix(selected: Selected, start: string): Edit {
  const { text, from, to } = lines(selected);
  const before = text.slice(from, to).split('\n');
  const has = before.every((line) => line.startsWith(start));
  const after = before.map((line) => {
    if (has) return line.slice(start.length);
    if (start === '## ') return start + line.replace(/^#+\s*/, '');
    return line === '' && before.length > 1 && start !== '> ' ? line : start + line;
  });
  const result = after.join('\n');
  // A caret stays where it was in the line; a selection covers the lines.
  if (selected.start === selected.end && before.length === 1) {
    const caret = Math.max(from, selected.start + result.length - (to - from));
    return { from, to, text: result, start: caret, end: caret };
  }
  return { from, to, text: result, start: from, end: from + result.length };
}

/** The lines under a call-out of their own, whose kind is selected. */
function callout(selected: Selected): Edit {
  const { text, from, to } = lines(selected);
  const body = text
    .slice(from, to)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd());
  const [before, after] = apart(text, from, to);
  const start = from + before.length + '> [!'.length;
  return { from, to, text: `${before}> [!TIP]\n${body.join('\n')}${after}`, start, end: start + 'TIP'.length };
}

/** A line of its own, `::video https:// "Title" …`, with what is missing selected: the address, or the title. */
function directive(selected: Selected, name: string, rest: string): Edit {
  const { text } = selected;
  const words = inside(selected).replaceAll('\n', ' ').trim();
  const address = /^https:\/\/\S+$/.test(words);
  const whole = words === '' && lines(selected).text.slice(lines(selected).from, lines(selected).to).trim() === '';
  const from = whole ? lines(selected).from : selected.start;
  const to = whole ? lines(selected).to : selected.end;
  const [before, after] = apart(text, from, to);
  const title = address || words === '' ? 'Title' : words.replaceAll('"', '');
  const start = from + before.length + name.length + 1;
  const url = address ? words : 'https://';
  const made = `${before}${name} ${url} "${title}" ${rest}${after}`;
  if (!address) return { from, to, text: made, start, end: start + url.length };
  const at = start + url.length + 2;
  return { from, to, text: made, start: at, end: at + title.length };
}

/** The line feeds that make what stands there a paragraph of its own. */
function apart(text: string, from: number, to: number): [before: string, after: string] {
  const missing = (feeds: number) => '\n'.repeat(Math.max(0, 2 - feeds));
  const before = text.slice(0, from);
  const after = text.slice(to);
  return [
    before.trim() === '' ? '' : missing(/\n*$/.exec(before)?.[0].length ?? 0),
    after.trim() === '' ? '' : missing(/^\n*/.exec(after)?.[0].length ?? 0),
  ];
}

/** `[words](https://)` with the part that is missing selected. */
function link(selected: Selected, before: string): Edit {
  const { start, end } = selected;
  const words = inside(selected);
  const address = /^(https?:\/\/|mailto:|\/)\S+$/.test(words);
  const text = address ? `${before}[](${words})` : `${before}[${words}](https://)`;
  const name = start + before.length + 1;
  if (address || words === '') return { from: start, to: end, text, start: name, end: name };
  const target = name + words.length + 2;
  return { from: start, to: end, text, start: target, end: target + 'https://'.length };
}

function lines({ text, start, end }: Selected): { text: string; from: number; to: number } {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const next = text.indexOf('\n', last);
  return { text, from, to: next === -1 ? text.length : next };
}
