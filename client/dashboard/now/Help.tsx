import { Printed } from '../absent/Absent.tsx';
import { Glossary } from '../glossary/Glossary.tsx';

/** How to read the figures; fetched after them. */
export default function Help() {
  return (
    <>
      <Glossary
        of={[
          ...(['margin', 'target', 'indicative', 'who', 'grade'] as const),
          ...(['rating', 'channel', 'smiley', 'break'] as const),
        ]}
      />
      <Printed />
    </>
  );
}
