/**
 * Straight quotation marks around words as curly ones, as all our sentences have them. A pair opens at the
 * start or after a space or bracket, and closes before a space, a sign or the end; others (5", a="b") stay.
 */
export function typographic(text: string): string {
  return text.replace(/(^|[\s([“])"([^"\s](?:[^"]*[^"\s])?)"(?=$|[\s)\]”.,;:!?…])/g, '$1“$2”');
}
