/** A small line without axes; gaps where nothing is known. Its figures stand beside it, so it is decoration to who can't see it. */
export function Sparkline({ values, max, width = 96, height = 24 }: { values: readonly (number | null)[]; max?: number; width?: number; height?: number }) {
  const top = Math.max(max ?? 0, ...values.map((value) => value ?? 0), 1e-9);
  const x = (index: number) => (index / Math.max(1, values.length - 1)) * width;
  const y = (value: number) => height - 1 - (Math.max(0, value) / top) * (height - 2);
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = value !== null;
  });
  return (
    <svg width={width} height={height} aria-hidden className="sparkline">
      <path d={path} fill="none" stroke="currentColor" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
