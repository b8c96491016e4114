// Blacks out parts of a picture: by finger, mouse or keyboard.
import { useRef, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import type { Box } from '../pictures.ts';

const kStep = 0.04;
const kLeast = 0.01; // a tap is no box
const kFirst: Box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };

const within = (share: number): number => Math.min(1, Math.max(0, share));

export function Cover({ url, on_done }: { url: string; on_done: (boxes: readonly Box[]) => void }) {
  const { t } = use_app();
  const [boxes, set_boxes] = useState<readonly Box[]>([]);
  const [next, set_next] = useState<Box | null>(null); // being drawn
  const start = useRef<{ x: number; y: number } | null>(null);

  const place = (event: PointerEvent): { x: number; y: number } => {
    const frame = (event.currentTarget as SVGElement).getBoundingClientRect();
    return { x: within((event.clientX - frame.left) / frame.width), y: within((event.clientY - frame.top) / frame.height) };
  };
  const down = (event: PointerEvent): void => {
    (event.currentTarget as SVGElement).setPointerCapture(event.pointerId);
    start.current = place(event);
  };
  const move = (event: PointerEvent): void => {
    const from = start.current;
    if (!from) return;
    const to = place(event);
    set_next({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
  };
  const put = (box: Box | null): void => {
    if (box && box.width > kLeast && box.height > kLeast) set_boxes([...boxes, box]);
    set_next(null);
    start.current = null;
  };
  const key = (event: KeyboardEvent): void => {
    const box = next ?? kFirst;
    const moves: Readonly<Record<string, Partial<Box>>> = {
      ArrowLeft: { x: within(box.x - kStep) },
      ArrowRight: { x: within(box.x + kStep) },
      ArrowUp: { y: within(box.y - kStep) },
      ArrowDown: { y: within(box.y + kStep) },
      '+': { width: box.width + kStep, height: box.height + kStep },
      '-': { width: Math.max(kStep, box.width - kStep), height: Math.max(kStep, box.height - kStep) },
    };
    const change = moves[event.key];
    if (change) set_next({ ...box, ...change });
    else if (event.key === 'Enter') put(next);
    else return;
    event.preventDefault();
  };
  return (
    <div class="cover">
      <p class="hint">{t.giving.cover_hint}</p>
      <div class="cover-picture">
        <img src={url} alt="" />
        <svg
          viewBox="0 0 1 1"
          preserveAspectRatio="none"
          tabIndex={0}
          role="application"
          aria-label={t.giving.cover_hint}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={() => put(next)}
          onKeyDown={key}
        >
          {[...boxes, ...(next ? [next] : [])].map((box, i) => (
            <rect key={i} {...box} />
          ))}
        </svg>
      </div>
      <div class="tool-row">
        <button type="button" class="button" data-file="covered" onClick={() => on_done(boxes)}>
          {t.giving.cover_done}
        </button>
        <button type="button" class="link" onClick={() => set_boxes(boxes.slice(0, -1))}>
          {t.giving.cover_undo}
        </button>
      </div>
    </div>
  );
}
