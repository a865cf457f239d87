"""People at the pages of access: signing in, and the post that somebody acts in."""


def sign_in(client, user):
    client.force_login(user)
    return client


def post_of(user):
    return user.person.posts.exclude(role="").get()
