// A QR code as one path in an SVG element: no image, no markup from a string.
import { qrCode } from '../qr_code.ts';

const kQuietZone = 4; // modules around the code, ISO/IEC 18004

export function Qr({ text, label }: { text: string; label: string }) {
  const rows = qrCode(text);
  const size = rows.length + 2 * kQuietZone;
  let path = '';
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x + kQuietZone} ${y + kQuietZone}h1v1h-1z`;
    });
  });
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
