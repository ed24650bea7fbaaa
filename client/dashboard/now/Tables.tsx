import { DistributionTable } from './DistributionTable.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { TrendTable } from './TrendTable.tsx';
import type { NowFigures } from './useFigures.ts';

/** All that the charts show, to be read as tables; fetched when they are asked for. */
export default function Tables({ figures }: { figures: NowFigures }) {
  return (
    <>
      <FiguresTable figures={figures} />
      <DistributionTable figures={figures} />
      <TrendTable figures={figures} />
    </>
  );
}
