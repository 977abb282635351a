#!/usr/bin/env python3
"""What trafilatura and htmldate find on the pages that `train evaluate` reads, in the form that score_extraction.py takes.

    pip install trafilatura lxml_html_clean htmldate
    tests/formats/pages.py FOLDER/articles.jsonl > rows.jsonl

A row of the list names its page by `file` (gzipped, beside the list) and `url`.
"""

import gzip
import json
import sys
from pathlib import Path

import htmldate
import trafilatura


def day(html, url):
    try:
        return htmldate.find_date(html, url=url, original_date=True, extensive_search=True)
    except (ValueError, TypeError):
        return None


def main(path):
    path = Path(path)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        html = gzip.open(path.parent / row["file"]).read().decode("utf-8", "replace")
        print(json.dumps({
            "report": Path(row["file"]).name.split(".html")[0],
            "title": row.get("title"),
            "text": trafilatura.extract(html, url=row["url"], include_comments=False) or "",
            "published": day(html, row["url"]),
        }))


if __name__ == "__main__":
    main(*sys.argv[1:])
