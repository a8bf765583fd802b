/** Colours of series that are told apart with colour-blind eyes too (Okabe and Ito 2008, then again with dashes). */
const colors = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#7a7a00', '#8c6bb1', '#1b9e9e', '#666666'];

export function seriesColor(index: number): string {
  return colors[index % colors.length]!;
}

/** Later rounds of the same colours are dashed. */
export function seriesDash(index: number): number[] | undefined {
  const round = Math.floor(index / colors.length);
  return round === 0 ? undefined : round === 1 ? [6, 4] : [2, 3];
}
