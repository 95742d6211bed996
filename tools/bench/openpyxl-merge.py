"""What a clerk's script does: reads the workbooks of all units, takes each unit's own rows by their id
out of the hidden column, and writes one table with its styles and merges.

For each line on stdin: does it once over all .xlsx of the folder, prints the milliseconds. The name of
a file is the name of its unit; `argv`: folder, header rows, 1-based columns of lead unit and row id.
"""

import io
import sys
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side

FOLDER = Path(sys.argv[1])
FIRST, LEAD, CARRIER = (int(argument) for argument in sys.argv[2:5])
SIDE = Side(style="thin", color="000000")
LOOK = {
    "font": Font(name="宋体", size=10),
    "alignment": Alignment(vertical="center", wrap_text=True),
    "border": Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE),
}


def read(path, merged):
    sheet = load_workbook(path).worksheets[0]
    spans = {}
    for area in sheet.merged_cells.ranges:
        spans.setdefault(area.min_row, []).append((area.min_col, area.max_col))
    for number, row in enumerate(sheet.iter_rows(min_row=FIRST + 1, values_only=True), FIRST + 1):
        carrier = row[CARRIER - 1]
        if carrier and row[LEAD - 1] == path.stem:
            merged[carrier.split("@")[0]] = (row, spans.get(number, []))
    return [row for row in sheet.iter_rows(max_row=FIRST, values_only=True)]


def merge():
    merged = {}
    header = []
    for path in sorted(FOLDER.glob("*.xlsx")):
        header = read(path, merged)
    book = Workbook()
    sheet = book.active
    for line in header:
        sheet.append(line)
    rows = sorted(merged.values(), key=lambda item: int(item[0][0]))
    for number, (row, spans) in enumerate(rows, FIRST + 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.font, cell.alignment, cell.border = LOOK["font"], LOOK["alignment"], LOOK["border"]
        for left, right in spans:
            sheet.merge_cells(start_row=number, start_column=left, end_row=number, end_column=right)
    book.save(io.BytesIO())
    return len(merged)


for _ in sys.stdin:
    start = time.perf_counter()
    count = merge()
    elapsed = (time.perf_counter() - start) * 1000
    if count == 0:
        sys.exit("no rows merged")
    print(elapsed, flush=True)
