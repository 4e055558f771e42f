/** A column chart, drawn: its path in a box of WIDTH × HEIGHT that is stretched to the place it has. */
export type Columns = { path: string; width: number; height: number; total: number; most: number; mostAt: number };

/** How wide a column is, with the gap after it. */
const STEP = 4;
const GAP = 1;
const HEIGHT = 40;

/** Draws numbers as columns, left to right. The largest is as high as the chart; what is not 0 can be seen. */
export function columnsOf(values: number[]): Columns {
  const most = Math.max(0, ...values);
  const columns = values.map((value, index) => {
    if (value === 0) return '';
    const height = Math.max(1, Math.round((HEIGHT * value) / most));
    return `M${index * STEP} ${HEIGHT}v-${height}h${STEP - GAP}v${height}z`;
  });
  return {
    path: columns.join(''),
    width: values.length * STEP - GAP,
    height: HEIGHT,
    total: values.reduce((sum, value) => sum + value, 0),
    most,
    mostAt: values.indexOf(most),
  };
}
