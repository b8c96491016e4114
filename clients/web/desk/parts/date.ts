// Half a date in a field counts as none to the page, and as a date to whoever typed it: it is pointed at, never left
// out.
export function is_unread(field: string): boolean {
  const found = document.getElementById(field);
  return found instanceof HTMLInputElement && found.validity.badInput;
}
