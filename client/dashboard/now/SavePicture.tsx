import type { RefObject } from 'react';
import { savePng, saveSvg } from '../../ui/save/save.ts';
import { useWords } from '../messages/words.tsx';

/** A chart as a picture, in both forms that a report takes. */
export function SavePicture({
  picture,
  name,
  about,
}: {
  picture: RefObject<SVGSVGElement | null>;
  /** Of the file. */
  name: string;
  /** Which chart of several, for who does not see where the buttons stand. */
  about: string;
}) {
  const { t } = useWords();
  return (['png', 'svg'] as const).map((kind) => (
    <button
      key={kind}
      type="button"
      className="kp-quiet kp-screen"
      onClick={() => picture.current && (kind === 'png' ? savePng : saveSvg)(picture.current, name)}
    >
      {t(`save.${kind}`)}
      <span className="kp-hidden"> {about}</span>
    </button>
  ));
}
