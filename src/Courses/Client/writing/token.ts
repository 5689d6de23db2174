/** The antiforgery token of the form around an element, or any of the page: they are alike. */
export function tokenOf(place: Element): string {
  const field = '[name=__RequestVerificationToken]';
  return (
    (place.closest('form')?.querySelector<HTMLInputElement>(field) ?? document.querySelector<HTMLInputElement>(field))
      ?.value ?? ''
  );
}
