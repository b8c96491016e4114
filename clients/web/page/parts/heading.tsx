// A screen's heading takes the focus when the screen appears, so that whoever listens hears where they are.
import { useEffect, useRef } from 'preact/hooks';

let first_screen = true;

export function Heading({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first_screen) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    first_screen = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
