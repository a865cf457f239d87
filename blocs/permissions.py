"""Who may do what: one-sentence functions `may_<verb>(user, obj, day)` that answer a Post or a Refusal.

Composed ones say in their docstring whom they allow, for docs/states.md.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from blocs.models.people import Post
from blocs.registers import RegisterByKey

Role = Post.Role


@dataclass(frozen=True)
class Refusal:
    """Why not: a reason in plain words and, where a law says so, its citation. Counts as false."""

    reason: str
    citation: str = ""

    def __bool__(self):
        return False

    def __str__(self):
        return f"{self.reason} ({self.citation})" if self.citation else str(self.reason)


class Refused(Exception):
    """An act that was refused; carries the refusal to the page, the command or the test."""

    def __init__(self, refusal):
        self.refusal = refusal
        super().__init__(str(refusal))


def refuse(reason, citation=""):
    """Stop the act with a reason."""
    raise Refused(Refusal(reason, citation))


def asks(what):
    """Mark a function as the one that asks for a permission or a window, for the checks of acts."""

    def mark(function):
        function.asks = what
        return function

    return mark


@asks("permission")
def require(answer):
    """The post of an answer; raises Refused where the answer is a refusal."""
    if not answer:
        raise Refused(answer)
    return answer


def said_of(function):
    """What a permission, guard or window says of itself: its first paragraph, on one line."""
    return " ".join(function.__doc__.split("\n\n")[0].split()).rstrip(".")


def first_of(*permissions):
    """A permission that holds when one of several does; refuses with the last one's reason."""

    def permission(user, obj, day):
        answer = None
        for each in permissions:
            answer = each(user, obj, day)
            if answer:
                return answer
        return answer

    permission.__doc__ = "; or ".join(map(said_of, permissions))
    return permission


def all_of(*permissions):
    """A permission that holds when each of several does; the post is the first one's."""

    def permission(user, obj, day):
        answers = []
        for each in permissions:
            answer = each(user, obj, day)
            if not answer:
                return answer
            answers.append(answer)
        return answers[0]

    permission.__doc__ = "; and ".join(map(said_of, permissions))
    return permission


def holds(*roles, reason):
    """A permission of whoever holds a post with one of the roles."""

    def permission(user, obj, day):
        return user.standing().post(*roles) or Refusal(reason)

    permission.__doc__ = " or ".join(roles)
    return permission


is_staff = holds(Role.STAFF, reason=_("Việc này do cán bộ thi đua, khen thưởng của bộ thực hiện."))
is_administrator = holds(Role.ADMINISTRATOR, reason=_("Việc này do người quản trị hệ thống thực hiện."))
is_operator = holds(Role.OPERATOR, reason=_("Việc này chỉ chạy được bằng lệnh trên máy chủ."))


def has_post(user, obj, day):
    """Whoever holds any post."""
    posts = user.standing().posts
    return posts[0] if posts else Refusal(_("Tài khoản chưa được giao nhiệm vụ nào trên hệ thống."))


may_manage_organisation = first_of(is_staff, is_administrator)
may_manage_accounts = first_of(is_administrator, is_staff)
may_make_first_account = is_operator
may_erase_payload = is_administrator


def may_cancel_job(user, job, day):
    """Whoever asked for a job, and the administrator."""
    if job.asked_by_id == user.pk:
        return has_post(user, job, day)
    return is_administrator(user, job, day)


def may_give_post(user, post, day):
    """The administrator; or staff, for posts that neither administer the system nor issue decisions."""
    if post.role == Role.OPERATOR or not post.role:
        return Refusal(_("Nhiệm vụ này không giao ở đây."))
    if post.role == Role.ADMINISTRATOR or post.issues_decisions:
        return _administers(user, post, day)
    return may_manage_accounts(user, post, day)


may_end_post = may_give_post


def may_substitute(user, post, day):
    """The holder of a post, for the own post; and whoever may give that post."""
    if post.on_behalf_of_id:
        return Refusal(_("Người làm thay không giao tiếp cho người khác."))
    own = next((each for each in user.standing().posts if each.pk == post.pk), None)
    return own or may_give_post(user, post, day)


def may_end_substitute(user, post, day):
    """The holder of the post that is held on behalf of, the substitute, and whoever may give the post."""
    if not post.on_behalf_of_id:
        return Refusal(_("Đây không phải là nhiệm vụ làm thay."))
    own = {post.pk, post.on_behalf_of_id}
    return next((each for each in user.standing().posts if each.pk in own), None) or may_give_post(
        user, post, day
    )


def may_manage_account(user, account, day):
    """The administrator; or staff, for whoever neither administers the system nor issues decisions."""
    posts = account.person.posts.all()
    held = [post for post in posts if post.role and (post.last_day is None or post.last_day >= day)]
    if any(post.role == Role.ADMINISTRATOR or post.issues_decisions for post in held):
        return _administers(user, account, day)
    return may_manage_accounts(user, account, day)


def _administers(user, obj, day):
    return is_administrator(user, obj, day) or Refusal(
        _("Quyền quản trị và quyền ban hành quyết định chỉ do người quản trị hệ thống cấp.")
    )


def in_issuing_unit(*roles):
    """A permission of whoever holds one of the roles in the unit that issues a document."""

    def permission(user, document, day):
        standing = user.standing()
        post = standing.post(*roles, unit_ids={document.issuer_id})
        if post is None and document.issuer_id in standing.unit_ids:
            return Refusal(
                _("Việc này do thư ký hoặc cán bộ thi đua, khen thưởng của đơn vị làm; văn thư cấp số, ngày.")
            )
        return post or Refusal(_("Việc này thuộc về đơn vị ban hành văn bản."))

    permission.__doc__ = f"{' or '.join(roles)} of the issuing unit"
    return permission


def may_make_draft(user, document, day):
    """The operator, and whoever may edit what the document is about."""
    return may_draft(user, document.subject, day)


keeps_document = first_of(is_staff, in_issuing_unit(Role.SECRETARY, Role.OFFICER))
may_send_to_signature = keeps_document
may_take_back = keeps_document
may_file_signed = first_of(is_staff, in_issuing_unit(Role.SECRETARY, Role.OFFICER, Role.CLERK))
may_assign_number = first_of(in_issuing_unit(Role.CLERK), keeps_document)
may_release = may_file_signed

# Who may edit, add or remove rows of a model: filled by each app's permissions for its own models.
editors = RegisterByKey("editors")


def editor_of(*models):
    """Register a permission as the one that governs editing rows of these models."""

    def register(permission):
        for model in models:
            editors[model] = permission
        return permission

    return register


def may_edit(user, obj, day):
    """Whoever the app of a row names as its editors; rows of other models are changed by acts only."""
    permission = editors.get(type(obj))
    if permission is None:
        return Refusal(_("Dữ liệu này chỉ thay đổi qua các thao tác của hệ thống."))
    return permission(user, obj, day)


# Who may draft documents about what is never edited, by model; about other rows, whoever may edit them.
drafters = RegisterByKey("drafters")


def drafter_of(*models):
    """Register a permission as the one that governs drafting documents about these models."""

    def register(permission):
        for model in models:
            drafters[model] = permission
        return permission

    return register


def drafts(user, obj, day):
    """Whoever the app of a row names to draft documents about it; else whoever may edit it."""
    return drafters.get(type(obj), may_edit)(user, obj, day)


may_draft = first_of(is_operator, drafts)

# In which window rows of a model may be changed: filled by each app for its own models. A function of the row
# answers None while the window is open, else why it is not. A document's is asked when it is drafted and when
# it goes to signature. What no window governs is named too, with the reason: a model that stands in neither
# is not open, but an error.
windows = RegisterByKey("windows")
any_day = RegisterByKey("any_day")


def window_of(*models):
    """Register the window in which rows of these models are added, edited and removed."""

    def register(closed):
        for model in models:
            windows[model] = closed
        return closed

    return register


def on_any_day(*models, because):
    """Name models whose rows no window of the year governs, and why."""
    for model in models:
        any_day[model] = because


class NoWindow(LookupError):
    """A model neither has a window nor is named as one without: a fault of its app."""


def closed_window(obj):
    """Why the window of a row is not open today; None when it is, or when no window governs its model."""
    model = type(obj)
    if model in any_day:
        return None
    if model not in windows:
        raise NoWindow(f"{model._meta.label} says neither its window nor why it has none")
    return windows[model](obj)


def require_open(obj, *, paper=None, reason=""):
    """Refuse a change of a row outside its window, unless it is recorded from paper and with a reason."""
    unless_on_paper(closed_window(obj), paper=paper, reason=reason)


@asks("window")
def unless_on_paper(refusal, *, paper, reason):
    """Refuse for a window that is not open, where there is one, unless it is recorded from paper and why."""
    if refusal is not None and not (paper and reason.strip()):
        raise Refused(refusal)
