"""What apps register when Django starts. To ask a register that nobody at all has filled is an error.

Where no app has started, no window, no step, nothing that waits would else be silence.
"""


class NothingRegistered(LookupError):
    """A register was asked while nothing stood in it: a fault of the set-up, never of the person."""

    def __init__(self, name):
        super().__init__(f"Nothing is registered as {name}: an app has not started")


class Register(list):
    """Providers in their order; read with `for`."""

    def __init__(self, name, entries=()):
        super().__init__(entries)
        self.name = name

    def __iter__(self):
        if not self:
            raise NothingRegistered(self.name)
        return super().__iter__()


class RegisterByKey(dict):
    """Providers by what they provide for; read with `get` or `[]`."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def get(self, key, default=None):
        if not self:
            raise NothingRegistered(self.name)
        return super().get(key, default)

    def __missing__(self, key):
        if not self:
            raise NothingRegistered(self.name)
        raise KeyError(key)

    def __contains__(self, key):
        if not self:
            raise NothingRegistered(self.name)
        return super().__contains__(key)
