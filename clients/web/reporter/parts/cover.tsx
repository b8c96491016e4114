// Blacks out parts of a picture: by finger, mouse or keyboard.
import { useRef, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import type { Box } from '../pictures.ts';
import { take_focus } from './take_focus.ts';

const kStep = 0.04;
const kLeast = 0.01; // a tap is no box
const kFirst: Box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };

const within = (share: number): number => Math.min(1, Math.max(0, share));

export function Cover({ url, on_done }: { url: string; on_done: (boxes: readonly Box[]) => void }) {
  const { t } = use_app();
  // A finger is faster than the page draws: what it did last stands here, and the page follows.
  const now = useRef<{ boxes: readonly Box[]; next: Box | null }>({ boxes: [], next: null });
  const [{ boxes, next }, show] = useState(now.current);
  const start = useRef<{ x: number; y: number } | null>(null);
  const set = (change: Partial<typeof now.current>): void => show((now.current = { ...now.current, ...change }));

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
    set({
      next: {
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(to.x - from.x),
        height: Math.abs(to.y - from.y),
      },
    });
  };
  const put = (): void => {
    const { boxes: before, next: box } = now.current;
    set({ boxes: box && box.width > kLeast && box.height > kLeast ? [...before, box] : before, next: null });
    start.current = null;
  };
  const key = (event: KeyboardEvent): void => {
    const box = now.current.next ?? kFirst;
    const moves: Readonly<Record<string, Partial<Box>>> = {
      ArrowLeft: { x: within(box.x - kStep) },
      ArrowRight: { x: within(box.x + kStep) },
      ArrowUp: { y: within(box.y - kStep) },
      ArrowDown: { y: within(box.y + kStep) },
      '+': { width: box.width + kStep, height: box.height + kStep },
      '-': { width: Math.max(kStep, box.width - kStep), height: Math.max(kStep, box.height - kStep) },
    };
    const change = moves[event.key];
    if (change) set({ next: { ...box, ...change } });
    else if (event.key === 'Enter') put();
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
          ref={take_focus}
          tabindex={0}
          role="application"
          aria-label={t.giving.cover_hint}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={put}
          onKeyDown={key}
        >
          {[...boxes, ...(next ? [next] : [])].map((box, i) => (
            <rect key={i} {...box} />
          ))}
        </svg>
      </div>
      <div class="tool-row">
        <button type="button" class="button" data-file="covered" onClick={() => (put(), on_done(now.current.boxes))}>
          {t.giving.cover_done}
        </button>
        <button type="button" class="link" onClick={() => set({ boxes: now.current.boxes.slice(0, -1) })}>
          {t.giving.cover_undo}
        </button>
      </div>
    </div>
  );
}
