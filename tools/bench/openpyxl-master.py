"""Writes the sheets of a JSON file (SheetModel[] and the styles) as one workbook with openpyxl.

For each line on stdin: builds and saves it once, prints the milliseconds.
"""

import io
import json
import sys
import time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter


def make_style(style):
    font = style["font"]
    side = Side(style="thin", color="000000")
    return {
        "font": Font(name=font["name"], size=font["size"], bold=font.get("bold"), color=font.get("color")),
        "alignment": Alignment(horizontal=style["horizontal"], vertical=style["vertical"], wrap_text=style["wrap"]),
        "border": Border(left=side, right=side, top=side, bottom=side) if style.get("border") else None,
        "fill": PatternFill("solid", fgColor=style["fill"]) if style.get("fill") else None,
    }


def draw(book, model, styles):
    sheet = book.create_sheet(model["name"])
    if model["visibility"] == "hidden":
        sheet.sheet_state = "hidden"
    for row, line in enumerate(model["cells"], 1):
        for column, cell in enumerate(line, 1):
            target = sheet.cell(row, column, cell["text"] or None)
            if "style" in cell:
                style = styles[cell["style"]]
                target.font = style["font"]
                target.alignment = style["alignment"]
                target.number_format = "@"
                if style["border"]:
                    target.border = style["border"]
                if style["fill"]:
                    target.fill = style["fill"]
    for column, width in enumerate(model["columnWidths"], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in model["hiddenColumns"]:
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row, height in enumerate(model["rowHeights"], 1):
        if height is not None:
            sheet.row_dimensions[row].height = height
    for area in model["merges"]:
        top, left = area["row"] + 1, area["column"] + 1
        sheet.merge_cells(
            start_row=top, start_column=left, end_row=top + area["rows"] - 1, end_column=left + area["columns"] - 1
        )


def write(models, looks):
    styles = {name: make_style(style) for name, style in looks.items()}
    book = Workbook()
    book.remove(book.active)
    for model in models:
        draw(book, model, styles)
    book.save(io.BytesIO())


with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
for _ in sys.stdin:
    start = time.perf_counter()
    write(job["models"], job["styles"])
    print((time.perf_counter() - start) * 1000, flush=True)
