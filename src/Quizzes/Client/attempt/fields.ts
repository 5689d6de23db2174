/**
 * The fields of a question as the values of a step. A question with one name (q1) sends what a form would; one with several fields
 * (q1.0, q1.1, …) sends each value with its field before it: "0=value".
 */
import { all } from '@client/content';

type Field = HTMLInputElement | HTMLSelectElement;

const fieldsOf = (form: HTMLElement, question: number) =>
  all<Field>(form, `[name="q${question + 1}"], [name^="q${question + 1}."]`);

const isTicked = (field: Field) =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

/** What stands before a value: the number of the field and "=", or nothing. */
const before = (field: Field) => (field.name.includes('.') ? `${field.name.slice(field.name.indexOf('.') + 1)}=` : '');

/** What a form would send for a question. */
export function valuesOf(form: HTMLElement, question: number): string[] {
  return fieldsOf(form, question)
    .filter((field) => !isTicked(field) || (field as HTMLInputElement).checked)
    .map((field) => before(field) + field.value);
}

/** What the page came with from the server, whatever was typed since: before the script ran, for one. */
export function writtenOf(form: HTMLElement, question: number): string[] {
  return fieldsOf(form, question)
    .filter((field) => !isTicked(field) || (field as HTMLInputElement).defaultChecked)
    .map((field) => before(field) + writtenIn(field));
}

function writtenIn(field: Field): string {
  if (field instanceof HTMLInputElement) return isTicked(field) ? field.value : field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? '';
}

/** Whether a value answers anything. */
export const isFilled = (value: string) => value.replace(/^[0-9]+=/, '').trim() !== '';

/** Shows values of a step in the fields again. */
export function restore(form: HTMLElement, question: number, values: readonly string[]): void {
  for (const field of fieldsOf(form, question)) {
    const mark = before(field);
    const own = values.filter((value) => value.startsWith(mark)).map((value) => value.slice(mark.length));
    if (isTicked(field)) (field as HTMLInputElement).checked = own.includes(field.value);
    else field.value = own[0] ?? '';
  }
}
