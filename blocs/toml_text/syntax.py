"""Reads the TOML of a file; an error of syntax is told in the words of whoever writes the file."""

import re
import tomllib

from blocs.toml_text.faults import Fault, Faulty


def parse(content, parse_float=float):
    """The text of the file's bytes and its tables as tomllib reads them.

    Raises Faulty at the first error of syntax. `parse_float` is what fractions become.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Faulty(
            [Fault(line, "", "tệp không phải là văn bản UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.")]
        ) from error
    try:
        return text, tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise Faulty([_syntax_fault(str(error), text)]) from error


# The beginnings of tomllib's messages, the more exact ones first.
_SYNTAX = {
    "Cannot declare": "bảng này đã có ở trên; mỗi bảng [tên] chỉ viết một lần, bảng lặp lại viết [[tên]]",
    "Cannot overwrite a value": "khoá hoặc bảng này đã có ở trên; hãy bỏ bớt hoặc gộp lại",
    "Cannot mutate immutable namespace": "bảng này đã viết trọn ở trên, không thêm vào được",
    "Cannot redefine namespace": "bảng này đã có ở trên; hãy gộp hai bảng",
    "Duplicate inline table key": "khoá viết hai lần trong cùng bảng; hãy bỏ bớt một",
    "Expected '=' after a key": "thiếu dấu = sau tên khoá; tên khoá chỉ gồm chữ không dấu, số, dấu gạch",
    "Expected ']": "thiếu dấu ] ở cuối tên bảng",
    "Expected newline or end of document": (
        "còn chữ thừa sau giá trị; mỗi khoá viết một dòng, số lẻ dùng dấu chấm (97.5), ngày ghi dạng "
        "2020-12-15 và phải có thật"
    ),
    "Expected": "thiếu dấu nháy đóng của chữ mở ở một dòng phía trên",
    "Escaped character": "mã \\u sau dấu \\ không phải là một ký tự",
    "Found invalid character": "có ký tự không được phép trong ghi chú hoặc giữa hai dòng",
    "Illegal character '\\n'": 'thiếu dấu nháy ở cuối chữ; chữ nhiều dòng đặt giữa ba dấu nháy """',
    "Illegal character": "có ký tự không được phép trong chữ; hãy gõ lại chỗ đó",
    "Invalid date": "ngày không có thật; ngày ghi dạng 2020-12-15",
    "Invalid hex": "sau \\u phải có 4 chữ số hệ 16, sau \\U phải có 8",
    "Invalid initial character for a key": "tên khoá chỉ gồm chữ không dấu, số, dấu gạch",
    "Invalid statement": "dòng này không phải là khoá = giá trị, cũng không phải [bảng]",
    "Invalid value": 'giá trị đọc không được; chữ đặt giữa hai dấu nháy "...", ngày ghi dạng 2020-12-15',
    "Unclosed array": "thiếu dấu ] ở cuối danh sách",
    "Unclosed inline table": "thiếu dấu } ở cuối bảng",
    "Unescaped '\\'": "dấu \\ trong chữ phải viết là \\\\",
    "Unterminated string": "thiếu dấu nháy đóng của chữ mở ở một dòng phía trên",
}


def _syntax_fault(message, text):
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found.group(1)) if found else len(text.rstrip("\n").split("\n"))
    words = next(
        (words for start, words in _SYNTAX.items() if message.startswith(start)), "dòng này đọc không được"
    )
    return Fault(line, "", f"sai cú pháp TOML: {words}.")
