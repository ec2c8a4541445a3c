// The words in the form for who reads them: a youth is `je`, everybody else `u`.

export function textsFor({ texts }, audience) {
  const form = audience === "jongere" ? 0 : 1;
  return Object.fromEntries(
    Object.entries(texts).map(([key, words]) => [key, typeof words === "string" ? words : words[form]]),
  );
}
