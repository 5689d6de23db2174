/** Colours `<code class="language-…">` in the languages below; any other stays plain text. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

for (const [name, language] of Object.entries({ bash, csharp, css, javascript, json, markdown, python, xml, yaml }))
  hljs.registerLanguage(name, language);

/** Beyond this many characters colour is not worth the wait. */
const longest = 40_000;

export function enhance(found: HTMLElement[]): void {
  for (const code of found) {
    const name = /language-(\S+)/.exec(code.className)?.[1] ?? '';
    // Elements inside mean that the server has marked something there already.
    if (
      code.dataset.highlighted ||
      !hljs.getLanguage(name) ||
      code.firstElementChild ||
      code.textContent.length > longest
    )
      continue;
    hljs.highlightElement(code);
  }
}
