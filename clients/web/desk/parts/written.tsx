// People's own words: each finds its own direction, breaks anywhere, and is nothing but text.
export function Written({ text }: { text: string }) {
  return (
    <p class="written" dir="auto" translate={false}>
      {text}
    </p>
  );
}
