// The mark: two arcs that lean to each other, an eye that is kept open.
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
      <path class="mark-far" d="M4 23a16 16 0 0 1 32 0" />
      <path class="mark-near" d="M11 25a9 9 0 0 0 18 0" />
      <circle class="mark-dot" cx="20" cy="21" r="3.4" />
    </svg>
  );
}
