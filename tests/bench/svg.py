"""Clean little bar charts as SVG: no library, readable in a diff, light and dark."""

from xml.sax.saxutils import escape

WIDTH, LABEL, ROW, TOP, RIGHT = 720, 250, 26, 58, 110
STYLE = """\
  <style>
    text { font: 13px system-ui, sans-serif; fill: #222 }
    .title { font-weight: 600; font-size: 15px }
    .note, .aim-text { fill: #666; font-size: 12px }
    .ours { fill: #2f6f6a }
    .theirs { fill: #b9b3a6 }
    .aim { stroke: #b5542c; stroke-width: 1.5; stroke-dasharray: 4 3 }
    @media (prefers-color-scheme: dark) {
      text { fill: #eee } .note, .aim-text { fill: #aaa } .ours { fill: #6fb5ae } .theirs { fill: #6d685d }
    }
  </style>"""


def number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def bars(title: str, note: str, rows: list[tuple[str, float, str]], aim: float | None = None) -> str:
    """One bar a row: label, value, and "ours" or "theirs". `aim` is a line that bars should reach, or stay below."""
    most = max([value for _, value, _ in rows] + [aim or 0]) or 1
    scale = (WIDTH - LABEL - RIGHT) / most
    height = TOP + ROW * len(rows) + (26 if aim is not None else 10)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
             f'aria-label="{escape(title)}">', STYLE,
             f'  <text class="title" x="0" y="18">{escape(title)}</text>',
             f'  <text class="note" x="0" y="38">{escape(note)}</text>']
    for i, (label, value, whose) in enumerate(rows):
        y = TOP + ROW * i
        width = max(1.0, value * scale)
        lines += [f'  <text x="{LABEL - 10}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
                  f'  <rect class="{whose}" x="{LABEL}" y="{y}" width="{width:.1f}" height="18" rx="2"/>',
                  f'  <text x="{LABEL + width + 6:.1f}" y="{y + 13}">{number(value)}</text>']
    if aim is not None:
        x, bottom = LABEL + aim * scale, TOP + ROW * len(rows)
        lines += [f'  <line class="aim" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom}"/>',
                  f'  <text class="aim-text" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">aim {number(aim)}</text>']
    return "\n".join([*lines, "</svg>"]) + "\n"
