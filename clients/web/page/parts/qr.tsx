// A QR code as one path in an SVG element: no image, no markup from a string.
import encodeQR from 'qr';

const kQuietZone = 4; // modules around the code, ISO/IEC 18004

export function Qr({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: kQuietZone });
  let path = '';
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <rect class="qr-light" width={rows.length} height={rows.length} />
      <path class="qr-dark" d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
