#!/usr/bin/env python3
"""Loads every file that `demarche export` writes with the tools that people use, without options.

    pip install pandas pyarrow duckdb polars
    tests/formats/load.py target/release/demarche

Prints the number of rows and columns that each tool sees, and fails where two of them see other rows.
"""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

import duckdb
import pandas
import polars

REPORTS = [
    {"id": "post", "outlet": "Post", "published": "2025-05-01", "url": "https://post.example/a",
     "text": 'India expelled two Pakistani diplomats on Wednesday. "We will answer," Pakistan\'s foreign minister said.\n'
             "Two people were killed in shelling near Lahore, Pakistan said."},
    {"id": "=cmd|' /C calc'!A0", "outlet": "+Ledger, \"daily\"", "published": "2025-05-02", "url": None,
     "text": "India ordered two diplomats from Pakistan to leave the country. Iran offered to host talks between India and "
             "Pakistan. The army of Iran fired missiles at Haifa on Friday, Israel said."},
    {"id": "-wire", "outlet": "@wire", "published": None, "url": None,
     "text": "Russia rejected the demands of Ukraine. Ukraine accused Russia of shelling Odesa."},
]


def main(binary):
    folder = Path(tempfile.mkdtemp())
    (folder / "reports.jsonl").write_text("\n".join(json.dumps(row) for row in REPORTS), encoding="utf-8")

    def export(format, name, *more):
        command = [binary, "export", "--by", "claim", "--format", format, "--out", str(folder / name), *more]
        subprocess.run([*command, str(folder / "reports.jsonl")], check=True, stdout=subprocess.DEVNULL)
        return str(folder / name)

    def same(what, *shapes):
        print(f"{what:<16} {shapes}")
        assert len(set(shapes)) == 1, f"{what}: the tools do not agree: {shapes}"
        assert shapes[0][0] > 0, f"{what}: no rows"
        return shapes[0]

    path = export("csv", "claims.csv")
    table = pandas.read_csv(path)
    rows = same("csv", table.shape, duckdb.sql(f"from '{path}'").shape, polars.read_csv(path).shape)[0]
    texts = table.select_dtypes(include=["object", "string"]).fillna("")
    bad = [value for column in texts for value in texts[column].astype(str) if value[:1] in "=+-@\t\r" and value]
    assert not bad, f"a spreadsheet would run {bad}"

    path = export("parquet", "claims.parquet")
    frame = pandas.read_parquet(path)
    same("parquet", frame.shape, duckdb.sql(f"from '{path}'").shape, polars.read_parquet(path).shape, table.shape)
    assert str(polars.read_parquet(path).schema["day"]) == "Date"
    assert list(frame["quote_exact"]) == [row[0] for row in duckdb.sql(f"select quote_exact from '{path}'").fetchall()]

    path = export("jsonl", "claims.jsonl")
    same("jsonl", (len(pandas.read_json(path, lines=True)),), (len(duckdb.sql(f"from '{path}'")),),
         (polars.read_ndjson(path, infer_schema_length=None).height,), (rows,))
    path = export("plover", "plover.jsonl")
    same("plover", (len(pandas.read_json(path, lines=True)),), (len(duckdb.sql(f"from '{path}'")),))

    for format, name, width in [("polecat", "polecat.txt", 40), ("icews", "icews.tab", 20)]:
        path = export(format, name)
        shape = same(format, pandas.read_csv(path, sep="\t").shape, duckdb.sql(f"from read_csv('{path}')").shape,
                     polars.read_csv(path, separator="\t").shape)
        assert shape[1] >= width

    for format, width in [("gdelt", 61), ("gdelt-mentions", 16)]:
        path = export(format, f"{format}.csv")
        shape = same(format, pandas.read_csv(path, sep="\t", header=None).shape,
                     polars.read_csv(path, separator="\t", has_header=False, quote_char=None).shape,
                     duckdb.sql(f"from read_csv('{path}', delim='\t', header=false, quote='')").shape)
        assert shape[1] == width

    features = json.loads(Path(export("geojson", "map.geojson")).read_text(encoding="utf-8"))["features"]
    print(f"{'geojson':<16} {len(features)} features")
    assert all(feature["geometry"]["type"] == "Point" for feature in features)
    graph = xml.parse(export("graphml", "graph.graphml")).getroot()
    edges = graph.findall(".//{http://graphml.graphdrawing.org/xmlns}edge")
    print(f"{'graphml':<16} {len(edges)} edges")
    assert edges
    print("pandas", pandas.__version__, "duckdb", duckdb.__version__, "polars", polars.__version__)


if __name__ == "__main__":
    main(sys.argv[1])
