"""The people of the demonstration ministry: printed titles, tasks in the software, ways to sign in."""

from datetime import date
from itertools import count

from blocs.models import Post, User
from blocs.text import slug
from reports.ministry.building import words

Role = Post.Role
STAFF = 4
OFFICER = "Chuyên viên phụ trách thi đua, khen thưởng"


def build(builder, root, department, groups):
    """Add persons, accounts and posts; heads and colleagues are noted with their units."""
    people = _People(builder)
    for number in range(1, STAFF + 1):
        people.on_task(department, "Chuyên viên", Role.STAFF, f"bo-tdkt-{number}")
    people.on_task(root, "Quản trị hệ thống", Role.ADMINISTRATOR, "bo-quan-tri")
    members = [member for group in groups for member in group.members]
    for member in members:
        member.head = people.titled(member, member.head_title, builder.one_of(words()["people"]["degrees"]))
        member.colleagues = [people.titled(member, "Chuyên viên") for _person in range(2)]
        people.on_task(member.unit, OFFICER, Role.OFFICER, f"cb-{slug(member.symbol)}")
    for group in groups:
        for member in (group.leads_before, group.leads):
            member.secretary = people.on_task(
                member.unit, "Thư ký Khối", Role.SECRETARY, f"tk-{slug(member.symbol)}"
            )
        people.on_task(group.leads.unit, "Văn thư", Role.CLERK, f"vt-{slug(group.leads.symbol)}")
    people.substitute(groups[-1].members[-1])


class _People:
    def __init__(self, builder):
        self.builder = builder
        self.telephones = count(100)
        self.since = date(builder.year - 2, 1, 1)
        self.officers = {}

    def titled(self, member, title, degree=""):
        """Somebody known by a printed title alone, who signs papers and never signs in."""
        person = self.builder.person(academic_title=degree)
        self.builder.add(Post(person=person, unit=member.unit, title=title, first_day=self.since))
        return person

    def on_task(self, unit, title, role, username):
        """Somebody with a task and an account, whose password nobody knows."""
        person = self.builder.person()
        user = User(username=username, person=person, email=f"{username}@{words()['mail_domain']}")
        user.set_unusable_password()
        self.builder.add(user)
        self.officers[unit.code, role] = self.builder.add(
            Post(
                person=person,
                unit=unit,
                title=title,
                role=role,
                first_day=self.since,
                basis=f"Quyết định số {self.builder.number(10, 99)}/QĐ ngày 02/01/{self.since.year}",
                telephone=words()["telephone"].format(next(self.telephones)),
            )
        )
        return person

    def substitute(self, member):
        """A colleague of a unit does the officer's work until the middle of the year."""
        username = f"thay-{slug(member.symbol)}"
        user = User(username=username, person=member.colleagues[0])
        user.email = f"{username}@{words()['mail_domain']}"
        user.set_unusable_password()
        self.builder.add(user)
        self.builder.add(
            Post(
                person=member.colleagues[0],
                unit=member.unit,
                title=OFFICER,
                role=Role.OFFICER,
                first_day=date(self.builder.year, 1, 1),
                last_day=date(self.builder.year, 6, 30),
                on_behalf_of=self.officers[member.unit.code, Role.OFFICER],
                basis=f"Giấy phân công số 12/PC-{member.symbol} ngày 28/12/{self.builder.year - 1}",
            )
        )
