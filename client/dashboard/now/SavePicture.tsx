import { type ReactNode, type RefObject, useRef } from 'react';
import { useWords } from '../messages/words.tsx';
import './picture.css';

export interface SavePictureProps {
  picture: RefObject<Element | null>;
  /** Of the file. */
  name: string;
  /** Which chart of several, for who does not see where the buttons stand. */
  about: string;
}

/** A chart as a picture, in both forms that a report takes. */
export function SavePicture({ picture, name, about }: SavePictureProps) {
  const { t } = useWords();
  async function save(kind: 'png' | 'svg') {
    const { savePng, saveSvg } = await import('../../ui/save/save.ts');
    if (picture.current) await (kind === 'png' ? savePng : saveSvg)(picture.current, name);
  }
  return (['png', 'svg'] as const).map((kind) => (
    <button key={kind} type="button" className="kp-quiet kp-screen" onClick={() => save(kind)}>
      {t(`save.${kind}`)}
      <span className="kp-hidden"> {about}</span>
    </button>
  ));
}

/** What can be saved as it is seen, words and all, with the buttons under it. */
export function Pictured({ name, children }: { name: string; children: ReactNode }) {
  const picture = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={picture} className="kp-pictured">
        {children}
      </div>
      <p className="kp-saves kp-screen">
        <SavePicture picture={picture} name={name} about={name} />
      </p>
    </>
  );
}
