/** The form of a text that counts: one|other, or one|few|other. */
export function counted(forms: string, count: number): string {
  const texts = forms.split('|');
  const names = texts.length === 3 ? ['one', 'few', 'other'] : ['one', 'other'];
  const at = names.indexOf(new Intl.PluralRules(document.documentElement.lang).select(count));
  return (texts[at] ?? texts.at(-1) ?? '').replace('{0}', String(count));
}
