import { ContentError, linesOf } from '#lib/content';

/** Question marks of the scripts people write in; a Spanish one opens a question too, the Greek one looks like `;`. */
const mark = /[?？؟¿\u037e]/;
/** Requests that want an answer although they carry no question mark. */
const request =
  /^(?:@\S+[\s,:]*)?(?:please|pls|can (?:you|we|somebody|someone)|could (?:you|we|somebody|someone)|bitte|k(?:ö|oe)nntest du|por favor|podr(?:í|i)as)\b/iu;
const japanese = /(?:ですか|ますか|でしょうか|ませんか|てください|お願いします)[。．\s]*$/;

const sentencesOf = (text: string): string[] =>
  text
    .replace(/https?:\/\/\S+/g, ' ')
    .split(/(?<=[.!?？。؟])\s*/u)
    .map((one) => one.trim());

/** True when the last thing a text says is a question: what an answer that asks back ends in. */
export function endsInQuestion(text: string): boolean {
  const last = sentencesOf(text).findLast((one) => one !== '') ?? '';
  return mark.test(last) || japanese.test(last);
}

/** True when a text asks something. Addresses do not count, for they carry question marks of their own. */
export function isQuestion(text: string): boolean {
  return sentencesOf(text).some((one) => mark.test(one) || request.test(one) || japanese.test(one));
}

/** True when a comment asks something in its text; code does not count. */
export function asks(storage: string): boolean {
  try {
    return linesOf(storage).some(({ kind, text }) => kind !== 'code' && isQuestion(text));
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}
