// For what stands where a button was that had the focus: it goes on there, and is taken from nothing else. Used as
// `ref`.
export function take_focus(element: HTMLElement | SVGElement | null): void {
  if (document.activeElement === document.body) element?.focus();
}
