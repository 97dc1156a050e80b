"""Lists as XLSX files with typed cells; text is never read as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, whether its integers are euro cents."""

    heading: str
    width: int = 18
    cents: bool = False


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with a heading line, a frozen first line and a filter."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    euros = book.add_format({"num_format": "#,##0.00"})
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column.heading, bold)
        sheet.set_column(position, position, column.width)
    last = 0
    for last, row in enumerate(rows, 1):
        for position, value in enumerate(row):
            _write(sheet, last, position, value, columns[position], day, euros)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return target.getvalue()


def _write(
    sheet: Any, line: int, position: int, value: object, column: Column, day: Any, euros: Any
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, position, value)
    elif isinstance(value, int) and column.cents:
        sheet.write_number(line, position, value / 100, euros)
    elif isinstance(value, int):
        sheet.write_number(line, position, value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(line, position, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    else:
        sheet.write_string(line, position, str(value))


def spreadsheet_response(name: str, content: bytes) -> HttpResponse:
    """The file, to be saved under *name* (without extension)."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.xlsx") or "attachment"
    )
    return response
