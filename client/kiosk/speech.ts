import type { Language } from '#shared/messages/index.ts';

const synthesis = (): SpeechSynthesis | undefined => window.speechSynthesis;

/** Whether this device has a voice for the language; voices may arrive later, and `changed` is told. */
export const canSpeak = (language: Language): boolean =>
  synthesis()
    ?.getVoices()
    .some(({ lang }) => lang.toLowerCase().startsWith(language)) ?? false;

export const whenVoicesChange = (changed: () => void): void =>
  synthesis()?.addEventListener?.('voiceschanged', changed);

export const isSpeaking = (): boolean => synthesis()?.speaking ?? false;
export const beQuiet = (): void => synthesis()?.cancel();

/** Reads what stands on the screen, line by line. */
export function readAloud(element: HTMLElement, language: Language, ended: () => void): void {
  const voice = synthesis();
  if (!voice) return;
  voice.cancel();
  const lines = element.innerText.split('\n').map((line) => line.trim());
  const utterance = new SpeechSynthesisUtterance(lines.filter(Boolean).join('. '));
  utterance.lang = language;
  utterance.rate = 0.95;
  utterance.onend = ended;
  utterance.onerror = ended;
  voice.speak(utterance);
}
