// The first stop of whoever goes by keys: past the bar, to the screen's heading.
export function SkipLink({ text }: { text: string }) {
  return (
    <a
      class="to-content"
      href="#content"
      onClick={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('h1')?.focus();
      }}
    >
      {text}
    </a>
  );
}
