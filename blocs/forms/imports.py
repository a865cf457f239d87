"""Forms of a spreadsheet on its way in: the file, where its columns stand, what makes it count."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.files.incoming import scan
from blocs.forms.paper import PaperFields
from blocs.imports.legacy import converted
from blocs.imports.opening import MOST_BYTES, open_book
from blocs.imports.reading import Mapping, headings

TOP = 12  # rows of a sheet in which its header is looked for and shown


class UploadForm(forms.Form):
    """The file; once sound, `grids` are its sheets."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel"),
        help_text=gettext_lazy("Bảng tính .xlsx như đơn vị đang dùng; không cần sửa tiêu đề hay bỏ phần ký."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        content = file.read(MOST_BYTES + 1)
        self.grids = converted(open_book(content))
        scan(content)
        return content

    @property
    def file_name(self):
        """What the file is called, as far as it is kept."""
        return self.files["file"].name[-200:]


class HeaderForm(forms.Form):
    """Which sheet holds the table, and in which row its header ends."""

    trang = forms.ChoiceField(label=gettext_lazy("Trang tính"))
    dong = forms.IntegerField(label=gettext_lazy("Dòng tiêu đề"), min_value=1)

    def __init__(self, *args, grids, **kwargs):
        super().__init__(*args, **kwargs)
        self.grids = {str(grid.place): grid for grid in grids}
        self.fields["trang"].choices = [(place, named(grid, grids)) for place, grid in self.grids.items()]
        self.fields["dong"].initial = _fullest(grids[0])

    def clean_dong(self):
        row = self.cleaned_data["dong"]
        grid = self.grids.get(self.data.get("trang"))
        if grid and row > len(grid.lines):
            raise ValidationError(_("Trang tính chỉ có %(rows)s dòng.") % {"rows": len(grid.lines)})
        return row

    @property
    def chosen(self):
        """(sheet, row) that were chosen, until then of the first sheet the row that most is written in."""
        if self.is_bound and self.is_valid():
            return self.grids[self.cleaned_data["trang"]], self.cleaned_data["dong"]
        first = next(iter(self.grids.values()))
        return first, _fullest(first)


def named(grid, grids):
    """The title of a sheet, with its number where another one bears it too."""
    if sum(each.title == grid.title for each in grids) == 1:
        return grid.title
    return _("%(title)s (trang thứ %(number)s)") % {"title": grid.title, "number": grid.place + 1}


def _fullest(grid):
    """The row at the top of a sheet in which most cells have words: the header, as a rule."""
    filled = [sum(bool(cell.text) for cell in line) for line in grid.lines[:TOP]]
    return filled.index(max(filled)) + 1


class ColumnsForm(forms.Form):
    """Which column of the sheet is which of those that are known."""

    def __init__(self, *args, grid, header, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.grid, self.header = grid, header
        choices = [("", _("không có trong bảng")), *headings(grid, header)]
        for column in columns:
            self.fields[column.key] = forms.TypedChoiceField(
                label=column.title,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=column.required,
            )

    def clean(self):
        data = super().clean()
        chosen = [place for place in data.values() if place]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Mỗi cột của bảng chỉ chọn cho một mục."))
        return data

    def mapping(self):
        """What was chosen."""
        places = {key: place for key, place in self.cleaned_data.items() if place}
        return Mapping(self.grid.title, self.header, places, place=self.grid.place)


class PaperApplyForm(PaperFields, forms.Form):
    """What makes the rows of a table count that may have been signed on paper: its day, place and scan."""

    needs_paper = False

    def clean(self):
        data = super().clean()
        if self.needs_paper and not data.get("paper_day") and "paper_day" not in self.errors:
            self.add_error(
                "paper_day", _("Bảng chỉ có điểm, không có số liệu: hãy ghi ngày trên bảng đã ký.")
            )
        return data
