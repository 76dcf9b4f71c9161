"""What opens as a register, how it is understood, and that no row of it disappears."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.delimited import FIELD_LIMIT_CHARS
from tuitrack.exchange.register import ReadOptions, open_register

HEADER = "Number,Received,Details\n"
ROWS = "1,2024-11-14,Box torn\n2,2024-11-15,Late\n"


def write(folder: Path, content: bytes | str, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, options: ReadOptions | None = None) -> list[tuple[object, ...]]:
    with open_register(path, options) as register:
        return [row.cells for row in register.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "Broj,Datum,Opis\n" + "1,14.11.2024.,Željko Zorić kaže da čeka već šest dana\n" * 3
    assert read(write(tmp_path, text.encode(encoding)))[0][2] == "Željko Zorić kaže da čeka već šest dana"


def test_russian_and_persian_in_utf16_are_not_taken_for_binary(tmp_path: Path) -> None:
    text = "Номер;Дата;Описание\n1;14.11.2024;Коробка порвана\n2;15.11.2024;شکایت\n"
    assert [row[2] for row in read(write(tmp_path, text.encode("utf-16")))] == ["Коробка порвана", "شکایت"]


def test_one_bad_byte_costs_one_character_and_says_so(tmp_path: Path) -> None:
    good = HEADER + "".join(f"{number},2024-11-14,čekam\n" for number in range(20_000))
    path = write(tmp_path, good.encode() + b"x,2024-11-14,bad \xe8 byte\n")
    with open_register(path) as register:
        *rows, last = register.rows()
    assert len(rows) == 20_000
    assert rows[0].cells[2] == "čekam"
    assert last.cells[2] == "bad \N{REPLACEMENT CHARACTER} byte"
    assert "could not be read" in last.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = "Number,Received,Details\n" + '1,2024-11-14,"one, two; three\tfour|five\nsix, seven"\n' * 4
    rows = [line.replace(",", delimiter, 2) for line in text.splitlines(keepends=True) if not line.startswith("six")]
    path = write(tmp_path, "".join(row if row.endswith('"\n') or row == rows[0] else row + 'six"\n' for row in rows))
    with open_register(path) as register:
        assert register.describe().delimiter == delimiter
        assert [row.cells[2] for row in register.rows()] == ["one, two; three\tfour|five\nsix"] * 4


def test_a_declared_delimiter_is_believed(tmp_path: Path) -> None:
    with open_register(write(tmp_path, "sep=;\nNumber;Received;Details\n1;2024-11-14;Late\n")) as register:
        assert [(row.number, row.cells) for row in register.rows()] == [(3, ("1", "2024-11-14", "Late"))]


def test_titles_and_blank_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "Complaints of the west region,,\n,,\n\n" + HEADER + "\n" + ROWS)
    with open_register(path) as register:
        assert register.header_row == 4
        assert [row.number for row in register.rows()] == [6, 7]


def test_empty_and_repeated_names_are_told_apart(tmp_path: Path) -> None:
    with open_register(write(tmp_path, "Number,Note,,note,Note\n1,a,b,c,d\n")) as register:
        assert register.header == ["Number", "Note", "column 3", "note (2)", "Note (3)"]


def test_ragged_rows_are_told_and_kept(tmp_path: Path) -> None:
    with open_register(
        write(tmp_path, HEADER + "1,2024-11-14\n2,2024-11-15,Late,very\n3,2024-11-16,x,,\n")
    ) as register:
        short, long, padded = register.rows()
    assert short.cells == ("1", "2024-11-14", "")
    assert "2 cells" in short.notes[0]
    assert "4 cells" in long.trouble
    assert long.cells == ("2", "2024-11-15", "Late", "very")
    assert padded == padded.__class__(4, ("3", "2024-11-16", "x"))


def test_a_text_past_the_bound_refuses_its_row_alone(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + f"1,2024-11-14,{'x' * (FIELD_LIMIT_CHARS + 1)}\n2,2024-11-15,Late\n")
    with open_register(path) as register:
        huge, late = register.rows()
    assert "longer than" in huge.trouble
    assert late.cells == ("2", "2024-11-15", "Late")


def test_rows_swallowed_by_an_unclosed_quote_come_back(tmp_path: Path) -> None:
    with open_register(write(tmp_path, HEADER + '1,2024-11-14,"Box torn\n2,2024-11-15,Late\nend of\n')) as register:
        refused, late = register.rows()
    assert "never closes" in refused.trouble
    assert "1 more lines" in refused.trouble
    assert late.cells == ("2", "2024-11-15", "Late")


def test_a_file_cut_in_the_middle_of_a_row_says_so(tmp_path: Path) -> None:
    with open_register(write(tmp_path, HEADER + ROWS + "3,2024-1")) as register:
        assert "ends in the middle" in list(register.rows())[-1].trouble


def test_a_missing_last_newline_is_no_cut(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, HEADER + ROWS.rstrip()))) == 2


def test_progress_ends_at_one_and_rows_can_be_read_again(tmp_path: Path) -> None:
    with open_register(write(tmp_path, HEADER + ROWS)) as register:
        assert list(register.rows()) == list(register.rows())
        assert register.progress == 1.0


def workbook(folder: Path, rows: list[list[object]], start: int = 1, column: int = 1, title: str = "Sheet") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row, cells in enumerate(rows, start=start):
        for position, cell in enumerate(cells, start=column):
            sheet.cell(row, position, cell)
    path = folder / "register.xlsx"
    book.save(path)
    return path


TABLE: list[list[object]] = [["Number", "Received", "Details"], [1, date(2024, 11, 14), "Box torn"], [2, 45611, "Late"]]


def test_a_workbook_need_not_begin_in_its_corner(tmp_path: Path) -> None:
    with open_register(workbook(tmp_path, TABLE, start=5, column=3)) as register:
        assert register.header == ["Number", "Received", "Details"]
        assert [(row.number, *row.cells) for row in register.rows()] == [
            (6, 1.0, date(2024, 11, 14), "Box torn"),
            (7, 2.0, 45611.0, "Late"),
        ]


def test_the_first_sheet_with_a_header_or_the_one_asked_for_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Read me first"]], title="About")
    book = openpyxl.load_workbook(path)
    for name, number in (("West", 1), ("East", 2)):
        sheet = book.create_sheet(name)
        sheet.append(["Number", "Received", "Details"])
        sheet.append([number, datetime(2024, 11, 14, 10, 30), "Late"])
    book.save(path)
    with open_register(path) as register:
        assert register.describe().sheet == "West"
        assert register.describe().sheets == ("About", "West", "East")
    assert read(path, ReadOptions(sheet="east")) == [(2.0, datetime(2024, 11, 14, 10, 30), "Late")]
    with pytest.raises(Refusal, match="no sheet 'North'"), open_register(path, ReadOptions(sheet="North")):
        pass


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(encoding="klingon"),
        ReadOptions(encoding="base64"),
        ReadOptions(encoding="a\0b"),
        ReadOptions(delimiter="#"),
        ReadOptions(header_row=-1),
        ReadOptions(header_row=900),
    ],
)
def test_impossible_options_are_refused(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(Refusal), open_register(write(tmp_path, HEADER + ROWS), options):
        pass


def test_options_override_what_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, "a;b\nNumber;Received\n1;2024-11-14\n")
    with open_register(path, ReadOptions("latin-1", "semicolon", 2)) as register:
        described = register.describe()
        assert (described.encoding, described.delimiter, described.header_row) == ("iso8859-1", ";", 2)
        assert register.header == ["Number", "Received"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.lists(st.sampled_from([b"a", b"1", b",", b";", b'"', b"\n", b"\r", b"\0", b"\xe8", b"\xff", b"\t"])).map(
            lambda pieces: HEADER.encode() + b"".join(pieces)
        ),
    )
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)
    try:
        with open_register(path) as register:
            rows = list(register.rows())
            register.describe()
    except Refusal:
        return
    assert rows
    assert all(row.trouble or len(row.cells) == len(register.header) for row in rows)


def test_an_open_document_sheet_is_read_too(tmp_path: Path) -> None:
    def cell(text: str, kind: str = "string", value: str = "") -> str:
        return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{text}</text:p></table:table-cell>'

    rows = [
        cell("Number") + cell("Received"),
        cell("1", "float", 'office:value="1"') + cell("14.11.2024", "date", 'office:date-value="2024-11-14"'),
    ]
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    path = tmp_path / "register.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="West">'
            + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
            + "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    with open_register(path) as register:
        assert register.describe().sheet == "West"
        (row,) = register.rows()
    assert (row.cells[0], str(row.cells[1])[:10]) == (1.0, "2024-11-14")
